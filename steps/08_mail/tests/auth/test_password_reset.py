"""From a forgotten password to another one."""

import asyncio
import hashlib
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.models import AuthSession, MailToken, User, UserStatus
from app.auth.services import password_hasher
from tests.fixtures.accounts import AUTH, get_me, open_session, refresh, try_to_log_in
from tests.fixtures.mail import Letters

Sessions = async_sessionmaker[AsyncSession]
RESET = f"{AUTH}/password-reset"
NEW = "another horse battery"


async def ask_for_link(client: httpx.AsyncClient, email: str) -> httpx.Response:
    """Say that the password is forgotten."""
    return await client.post(f"{RESET}/request", json={"email": email})


async def reset(client: httpx.AsyncClient, token: str, password: str = NEW) -> httpx.Response:
    """Choose another password."""
    return await client.post(RESET, json={"token": token, "password": password})


@pytest.fixture
async def token(client: httpx.AsyncClient, ada: User, letters: Letters) -> str:
    """Give the token that Ada got by mail."""
    assert (await ask_for_link(client, ada.email)).status_code == 202
    return await letters.wait_for_token(ada.email)


async def test_password_is_changed_and_every_session_ends(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, letters: Letters, token: str
) -> None:
    """The owner is told, and the address counts as verified: the token came there."""
    thief = await open_session(sessions, ada)
    assert (await reset(client, token)).status_code == 204
    assert (await get_me(client, thief["access_token"])).status_code == 401
    assert (await refresh(client, thief["refresh_token"])).status_code == 401
    assert (await try_to_log_in(client, "ada")).status_code == 401
    assert (await try_to_log_in(client, "ada", NEW)).status_code == 200
    message = await letters.wait_for(ada.email, count=2)
    assert message["Subject"] == "Your password was changed"
    assert "#token=" not in message.as_string()
    async with sessions() as session:
        assert (await session.get_one(User, ada.id)).email_verified_at is not None


async def test_of_two_at_once_one_uses_the_token(client: httpx.AsyncClient, token: str) -> None:
    """Each brings a password of its own; one of them is the password, and its owner knows it."""
    passwords = [f"{number} horse batteries" for number in range(3)]
    answers = await asyncio.gather(*(reset(client, token, password) for password in passwords))
    assert sorted(answer.status_code for answer in answers) == [204, 400, 400]
    (winner,) = (n for n, answer in enumerate(answers) if answer.status_code == 204)
    assert (await try_to_log_in(client, "ada", passwords[winner])).status_code == 200


async def test_bad_password_does_not_use_the_token_up(
    client: httpx.AsyncClient, token: str
) -> None:
    """The user corrects it; rules that need the user's name are among them."""
    refused = await reset(client, token, "password of ada")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["code"] == "password_contains_username"
    assert (await reset(client, token, "short")).status_code == 422
    assert (await reset(client, token)).status_code == 204


async def test_no_password_is_hashed_for_an_invalid_token(
    client: httpx.AsyncClient, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else anybody could keep our processors busy."""
    del sessions
    monkeypatch.setattr(password_hasher, "hash_password", lambda _: pytest.fail("hashed"))
    assert (await reset(client, "nonsense")).json()["code"] == "mail_token_invalid"


async def test_database_holds_only_a_hash(sessions: Sessions, token: str) -> None:
    """Who reads the table can use nothing of it. The token has 256 bits and half an hour."""
    async with sessions() as session:
        stored = (await session.scalars(select(MailToken))).one()
    assert stored.token_hash == hashlib.sha256(token.encode()).digest()
    assert token not in repr(vars(stored))
    assert len(token) == 43
    assert stored.expires_at - stored.created_at == timedelta(minutes=30)


@pytest.mark.parametrize(
    "change", [{"status_id": UserStatus.BLOCKED}, {"email": "ada@other.example.com"}]
)
async def test_token_ends_with_what_it_was_for(
    client: httpx.AsyncClient, sessions: Sessions, token: str, change: dict[str, object]
) -> None:
    """A block, or an address that is somebody else's by now."""
    async with sessions() as session:
        await session.execute(update(User).values(change))
        await session.commit()
    assert (await reset(client, token)).status_code == 400
    async with sessions() as session:
        assert (await session.scalars(select(AuthSession))).all() == []


async def test_login_of_the_same_moment_ends_too(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, token: str
) -> None:
    """Whichever comes first: after the change no session of the old password is open."""
    answers = await asyncio.gather(
        *(try_to_log_in(client, "ada") for _ in range(3)), reset(client, token)
    )
    assert answers[-1].status_code == 204
    async with sessions() as session:
        of_ada = select(AuthSession).where(AuthSession.user_id == ada.id)
        assert (await session.scalars(of_ada)).all() == []
