"""``POST /auth/refresh``: each token works once."""

import asyncio
import json
import logging

import httpx
import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.models import AuthSession, User, UserStatus
from tests.fixtures.accounts import AUTH, get_me, open_session, refresh

Sessions = async_sessionmaker[AsyncSession]
INVALID = (401, "refresh_token_invalid")


@pytest.fixture
async def tokens(sessions: Sessions, ada: User) -> dict[str, str]:
    """Log in."""
    return await open_session(sessions, ada)


def outcome(answer: httpx.Response) -> tuple[int, str | None]:
    """Say how it ended."""
    return answer.status_code, answer.json().get("code")


async def count_sessions(sessions: Sessions) -> int:
    """Count the logins that go on."""
    async with sessions() as session:
        return (await session.scalars(select(func.count()).select_from(AuthSession))).one()


async def test_refresh_replaces_both_tokens(
    client: httpx.AsyncClient, sessions: Sessions, tokens: dict[str, str]
) -> None:
    """The session stays one, and it can go on and on."""
    for _ in range(3):
        answer = await refresh(client, tokens["refresh_token"])
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert answer.json()["refresh_token"] != tokens["refresh_token"]
        assert answer.json()["access_token"] != tokens["access_token"]
        tokens = answer.json()
        assert (await get_me(client, tokens["access_token"])).status_code == 200
    assert await count_sessions(sessions) == 1


async def test_refresh_does_not_make_a_login_longer(
    client: httpx.AsyncClient, sessions: Sessions, tokens: dict[str, str]
) -> None:
    """A stolen session ends some day, however busy the thief."""
    async with sessions() as session:
        before = await session.scalar(select(AuthSession.expires_at))
        await refresh(client, tokens["refresh_token"])
        assert await session.scalar(select(AuthSession.expires_at)) == before


async def test_used_token_ends_the_family(
    client: httpx.AsyncClient,
    sessions: Sessions,
    tokens: dict[str, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Old and new tokens, refresh and access: all of this login are dead, and the log says so."""
    newer = (await refresh(client, tokens["refresh_token"])).json()
    with caplog.at_level(logging.WARNING):
        assert outcome(await refresh(client, tokens["refresh_token"])) == INVALID
    for token in (newer["refresh_token"], tokens["refresh_token"]):
        assert outcome(await refresh(client, token)) == INVALID
    for token in (newer["access_token"], tokens["access_token"]):
        assert outcome(await get_me(client, token)) == (401, "token_invalid")
    assert await count_sessions(sessions) == 0
    assert "an old refresh token of user 1 came back" in caplog.text
    assert tokens["refresh_token"].split(".")[0] not in caplog.text


async def test_much_older_token_ends_the_family_too(
    client: httpx.AsyncClient, tokens: dict[str, str]
) -> None:
    """Not only the one before the newest is remembered."""
    newest = tokens
    for _ in range(3):
        newest = (await refresh(client, newest["refresh_token"])).json()
    assert outcome(await refresh(client, tokens["refresh_token"])) == INVALID
    assert outcome(await refresh(client, newest["refresh_token"])) == INVALID


async def test_other_logins_of_the_user_go_on(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, tokens: dict[str, str]
) -> None:
    """A family is one login on one device."""
    other = await open_session(sessions, ada)
    await refresh(client, tokens["refresh_token"])
    await refresh(client, tokens["refresh_token"])
    assert await count_sessions(sessions) == 1
    assert (await get_me(client, other["access_token"])).status_code == 200
    assert (await refresh(client, other["refresh_token"])).status_code == 200


@pytest.mark.parametrize("number", [2, 8])
async def test_of_refreshes_at_once_one_succeeds_and_all_ends(
    client: httpx.AsyncClient, sessions: Sessions, tokens: dict[str, str], number: int
) -> None:
    """One token at the same time from two sides is a reuse like any other."""
    answers = await asyncio.gather(
        *(refresh(client, tokens["refresh_token"]) for _ in range(number))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * (number - 1)
    assert await count_sessions(sessions) == 0
    (winner,) = (answer.json() for answer in answers if answer.status_code == 200)
    assert outcome(await get_me(client, winner["access_token"])) == (401, "token_invalid")


async def test_expired_session_cannot_be_refreshed(
    client: httpx.AsyncClient, sessions: Sessions, tokens: dict[str, str]
) -> None:
    """Nor used: the row is dead before anything purges it."""
    async with sessions() as session:
        await session.execute(update(AuthSession).values(expires_at=func.now()))
        await session.commit()
    assert outcome(await refresh(client, tokens["refresh_token"])) == INVALID
    assert outcome(await get_me(client, tokens["access_token"])) == (401, "token_invalid")


async def test_blocked_user_cannot_refresh(
    client: httpx.AsyncClient, sessions: Sessions, tokens: dict[str, str]
) -> None:
    """Even where another program set the status, and left the sessions."""
    async with sessions() as session:
        await session.execute(update(User).values(status_id=UserStatus.BLOCKED))
        await session.commit()
    assert outcome(await refresh(client, tokens["refresh_token"])) == INVALID


@pytest.mark.parametrize("end", ["", ".", ".x", "\x00", "é"])
async def test_nonsense_is_refused(
    client: httpx.AsyncClient, sessions: Sessions, tokens: dict[str, str], end: str
) -> None:
    """A family that nobody has ends nobody's session."""
    assert outcome(await refresh(client, f"nonsense{end}")) == INVALID
    assert outcome(await refresh(client, tokens["access_token"][:128])) == INVALID
    assert await count_sessions(sessions) == 1


@pytest.mark.usefixtures("sessions")
@pytest.mark.parametrize("given", [None, "", "x" * 129, 1, "half a character: \ud800"])
async def test_bad_body_is_refused(client: httpx.AsyncClient, given: object) -> None:
    """422 names the field."""
    headers = {"Content-Type": "application/json"}
    answer = await client.post(
        f"{AUTH}/refresh", content=json.dumps({"refresh_token": given}), headers=headers
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body", "refresh_token"]


async def test_the_new_token_is_stored_when_the_answer_is_there(
    client: httpx.AsyncClient, sessions: Sessions, tokens: dict[str, str]
) -> None:
    """The commit comes before the response: else a quick client would be taken for a thief."""
    async with sessions() as session:
        before = await session.scalar(select(AuthSession.token_hash))
        await session.commit()
        await refresh(client, tokens["refresh_token"])
        assert await session.scalar(select(AuthSession.token_hash)) != before
