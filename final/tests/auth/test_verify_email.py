"""From the registration to a verified address."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.models import MailToken, User, UserStatus
from app.auth.repositories.user import UserRepository
from tests.fixtures.accounts import AUTH, add_user, log_in
from tests.fixtures.mail import Letters
from tests.fixtures.mail_server import get_part

Sessions = async_sessionmaker[AsyncSession]
VERIFY = f"{AUTH}/verify-email"
EVE = {"email": "Eve@Example.com", "username": "eve", "password": "correct horse battery"}


async def is_verified(sessions: Sessions, username: str) -> bool:
    """Look into the database."""
    async with sessions() as session:
        statement = select(User.email_verified_at).where(User.username == username)
        return await session.scalar(statement) is not None


async def verify(client: httpx.AsyncClient, token: str) -> httpx.Response:
    """Show a token."""
    return await client.post(VERIFY, json={"token": token})


async def ask_for_link(client: httpx.AsyncClient, email: str) -> httpx.Response:
    """Ask for another link."""
    return await client.post(f"{VERIFY}/request", json={"email": email})


async def test_registration_sends_a_link_that_verifies_the_address(
    client: httpx.AsyncClient, sessions: Sessions, letters: Letters
) -> None:
    """It works once, and leaves nothing behind."""
    assert (await client.post(f"{AUTH}/register", json=EVE)).status_code == 201
    token = await letters.wait_for_token("eve@example.com")
    assert not await is_verified(sessions, "eve")
    assert (await verify(client, token)).status_code == 204
    assert await is_verified(sessions, "eve")
    again = await verify(client, token)
    assert (again.status_code, again.json()["code"]) == (400, "mail_token_invalid")
    async with sessions() as session:
        assert (await session.scalars(select(MailToken))).all() == []


async def test_message_names_the_user_and_the_page(
    client: httpx.AsyncClient, letters: Letters
) -> None:
    """In both forms."""
    await client.post(f"{AUTH}/register", json=EVE)
    message = await letters.wait_for("eve@example.com")
    assert message["Subject"] == "Confirm your address"
    for kind in ("plain", "html"):
        part = get_part(message, kind)
        assert "Hello eve," in part
        assert "http://127.0.0.1:8000/api/v1/auth/pages/verify-email#token=" in part
        assert "within 24 hours." in part


async def test_refused_registration_sends_nothing(
    client: httpx.AsyncClient, ada: User, letters: Letters
) -> None:
    """What was rolled back did not happen."""
    body = {**EVE, "username": ada.username}
    assert (await client.post(f"{AUTH}/register", json=body)).status_code == 409
    await client.post(f"{AUTH}/register", json={**EVE, "email": "later@example.com"})
    await letters.wait_for("later@example.com")
    assert letters.find("eve@example.com") == []


async def test_of_many_at_once_one_uses_the_token(
    client: httpx.AsyncClient, ada: User, letters: Letters
) -> None:
    """An impatient click is two requests."""
    await ask_for_link(client, ada.email)
    token = await letters.wait_for_token(ada.email)
    answers = await asyncio.gather(*(verify(client, token) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [204, 400, 400, 400, 400]


async def test_newer_link_replaces_the_older(
    client: httpx.AsyncClient, ada: User, letters: Letters
) -> None:
    """Of all messages only the last one counts."""
    await ask_for_link(client, ada.email)
    first = await letters.wait_for_token(ada.email)
    await ask_for_link(client, ada.email.upper())
    second = await letters.wait_for_token(ada.email, count=2)
    assert (await verify(client, first)).status_code == 400
    assert (await verify(client, second)).status_code == 204


async def test_link_expires(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, letters: Letters
) -> None:
    """By the database's clock."""
    await ask_for_link(client, ada.email)
    token = await letters.wait_for_token(ada.email)
    async with sessions() as session:
        lasts = await session.scalar(select(MailToken.expires_at - MailToken.created_at))
        assert lasts == timedelta(hours=24)
        past = datetime.now(UTC) - timedelta(seconds=1)
        await session.execute(update(MailToken).values(expires_at=past))
        await session.commit()
    assert (await verify(client, token)).status_code == 400
    assert not await is_verified(sessions, "ada")


async def test_link_belongs_to_its_address(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, letters: Letters
) -> None:
    """Who changes the address is asked again, and the link to the old one proves nothing."""
    await ask_for_link(client, ada.email)
    old = await letters.wait_for_token(ada.email)
    answer = await client.patch(
        f"/api/v1/users/{ada.id}",
        json={"email": "ada@new.example.com"},
        headers=await log_in(sessions, ada),
    )
    assert answer.status_code == 200
    new = await letters.wait_for_token("ada@new.example.com")
    assert (await verify(client, old)).status_code == 400
    assert (await verify(client, new)).status_code == 204


async def test_changed_address_is_not_verified(
    client: httpx.AsyncClient, sessions: Sessions, letters: Letters
) -> None:
    """Though the one before was; another name changes nothing, and the owner is not told of it."""
    bob = await add_user(sessions, "bob", email_verified_at=datetime.now(UTC))
    headers, path = await log_in(sessions, bob), f"/api/v1/users/{bob.id}"
    await client.patch(
        path, json={"username": "bobby", "email": "BOB@example.com"}, headers=headers
    )
    assert await is_verified(sessions, "bobby")
    await client.patch(path, json={"email": "bob@new.example.com"}, headers=headers)
    assert not await is_verified(sessions, "bobby")
    await letters.wait_for("bob@new.example.com")
    await letters.wait_for("bob@example.com")
    assert len(letters.find("bob@example.com")) == 1


async def test_owner_is_told_at_the_old_address(
    client: httpx.AsyncClient, sessions: Sessions, letters: Letters
) -> None:
    """Whoever has taken a session over could change the password next, by mail. Only once."""
    bob = await add_user(sessions, "bob", email_verified_at=datetime.now(UTC))
    headers, path = await log_in(sessions, bob), f"/api/v1/users/{bob.id}"
    for email in ("bob@mine.example.com", "bob@yours.example.com"):
        answer = await client.patch(path, json={"email": email}, headers=headers)
        assert answer.status_code == 200
        await letters.wait_for(email)
    text = get_part(await letters.wait_for("bob@example.com"), "plain")
    assert "Hello bob," in text
    assert "your account has another address now" in text
    told = [message["Subject"] for message in letters.server.messages]
    assert sorted(told) == ["Confirm your address"] * 2 + ["Your address was changed"]


async def test_address_that_nobody_confirmed_is_not_told(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, letters: Letters
) -> None:
    """It may be a stranger's."""
    headers, path = await log_in(sessions, ada), f"/api/v1/users/{ada.id}"
    await client.patch(path, json={"email": "ada@new.example.com"}, headers=headers)
    await letters.wait_for("ada@new.example.com")
    assert letters.find(ada.email) == []


async def test_address_that_changes_at_the_same_moment_is_not_verified(
    client: httpx.AsyncClient, sessions: Sessions, ada: User
) -> None:
    """The change waits for the confirmation of the old address, and takes it back."""
    headers = await log_in(sessions, ada)
    async with sessions() as other:
        (await UserRepository(other).lock(ada.id)).verify_email()
        await other.flush()
        changing = asyncio.create_task(
            client.patch(f"/api/v1/users/{ada.id}", json={"email": "new@b.com"}, headers=headers)
        )
        await asyncio.sleep(0.2)
        assert not changing.done()
        await other.commit()
    assert (await changing).status_code == 200
    assert not await is_verified(sessions, ada.username)


async def test_nothing_is_sent_where_nothing_is_to_verify(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, letters: Letters
) -> None:
    """To strangers, to those who are verified, blocked or deleted."""
    await add_user(sessions, "sure", email_verified_at=datetime.now(UTC))
    await add_user(sessions, "blocked", status_id=UserStatus.BLOCKED)
    await add_user(sessions, "gone", deleted_at=datetime.now(UTC))
    for name in ("nobody", "sure", "blocked", "gone", ada.username):
        assert (await ask_for_link(client, f"{name}@example.com")).status_code == 202
    await letters.wait_for(ada.email)
    assert [message["To"] for message in letters.server.messages] == [ada.email]


@pytest.mark.parametrize("token", ["", "x" * 129, "nonsense", "\u0000", "токен"])
async def test_nonsense_is_no_token(
    client: httpx.AsyncClient, sessions: Sessions, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    """And no error of ours."""
    del sessions
    with caplog.at_level(logging.ERROR):
        assert (await verify(client, token)).status_code in {400, 422}
    assert caplog.messages == []


async def test_token_is_good_for_one_purpose(
    client: httpx.AsyncClient, ada: User, letters: Letters
) -> None:
    """A link to confirm an address does not open the account."""
    await ask_for_link(client, ada.email)
    token = await letters.wait_for_token(ada.email)
    body = {"token": token, "password": "another horse battery"}
    assert (await client.post(f"{AUTH}/password-reset", json=body)).status_code == 400
    assert (await verify(client, token)).status_code == 204
