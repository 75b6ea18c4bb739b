"""``POST /auth/logout``."""

import httpx
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.models import User
from tests.fixtures.accounts import AUTH, bearer, get_me, log_in, open_session, refresh

Sessions = async_sessionmaker[AsyncSession]


async def test_logout_ends_this_session_at_once(
    client: httpx.AsyncClient, sessions: Sessions, ada: User
) -> None:
    """Access and refresh tokens of this device are dead, those of the other one are not."""
    here, there = [await open_session(sessions, ada) for _ in range(2)]
    answer = await client.post(f"{AUTH}/logout", headers=bearer(here["access_token"]))
    assert (answer.status_code, answer.content) == (204, b"")
    assert (await get_me(client, here["access_token"])).status_code == 401
    assert (await refresh(client, here["refresh_token"])).status_code == 401
    assert (await get_me(client, there["access_token"])).status_code == 200
    assert (await refresh(client, there["refresh_token"])).status_code == 200


async def test_logout_needs_a_session(
    client: httpx.AsyncClient, sessions: Sessions, ada: User
) -> None:
    """Without a token, or a second time, there is nobody to log out."""
    answer = await client.post(f"{AUTH}/logout")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    headers = await log_in(sessions, ada)
    await client.post(f"{AUTH}/logout", headers=headers)
    answer = await client.post(f"{AUTH}/logout", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid")
