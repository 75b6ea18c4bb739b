"""The pages behind the links."""

import re

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.models import MailToken, User
from tests.fixtures.accounts import AUTH, try_to_log_in
from tests.fixtures.mail import Letters

Sessions = async_sessionmaker[AsyncSession]
PAGES = f"{AUTH}/pages"
NEW = "another horse battery"


@pytest.fixture
async def token(client: httpx.AsyncClient, ada: User, letters: Letters) -> str:
    """Give the token that Ada got by mail."""
    await client.post(f"{AUTH}/password-reset/request", json={"email": ada.email})
    return await letters.wait_for_token(ada.email)


@pytest.mark.parametrize("page", ["verify-email", "reset-password"])
async def test_page_is_safe_to_open(client: httpx.AsyncClient, page: str) -> None:
    """It loads nothing, runs its own script only, and is kept nowhere; opening changes nothing."""
    first, second = [await client.get(f"{PAGES}/{page}") for _ in range(2)]
    assert first.status_code == 200
    policy = first.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    (nonce,) = set(re.findall(r"'nonce-([^']+)'", policy))
    assert first.text.count("<script") == first.text.count(f'<script nonce="{nonce}">') == 1
    assert nonce not in second.text
    assert (first.headers["cache-control"], first.headers["referrer-policy"]) == (
        "no-store",
        "no-referrer",
    )
    assert not re.search(r"""(src|href)=["']""", first.text)


async def test_scanner_that_opens_the_link_uses_nothing_up(
    client: httpx.AsyncClient, sessions: Sessions, token: str
) -> None:
    """Many mail servers open links before people do."""
    for method in ("GET", "HEAD", "GET"):
        await client.request(method, f"{PAGES}/reset-password?token={token}")
    async with sessions() as session:
        assert len((await session.scalars(select(MailToken))).all()) == 1


async def test_address_is_confirmed_by_the_button(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, letters: Letters
) -> None:
    """And a second time says that it did not work."""
    await client.post(f"{AUTH}/verify-email/request", json={"email": ada.email})
    form = {"token": await letters.wait_for_token(ada.email)}
    done = await client.post(f"{PAGES}/verify-email", data=form)
    assert done.status_code == 200
    assert "Your address is confirmed." in done.text
    async with sessions() as session:
        assert (await session.get_one(User, ada.id)).email_verified_at is not None
    again = await client.post(f"{PAGES}/verify-email", data=form)
    assert again.status_code == 400
    assert "ask for a new one" in again.text


async def test_password_is_changed_by_the_form(client: httpx.AsyncClient, token: str) -> None:
    """A bad one can be corrected: the token is still in the form."""
    page = f"{PAGES}/reset-password"
    refused = await client.post(page, data={"token": token, "password": "password of ada"})
    assert refused.status_code == 422
    assert "should not contain the user name" in refused.text
    assert f'value="{token}"' in refused.text
    assert "password of ada" not in refused.text
    done = await client.post(page, data={"token": token, "password": NEW})
    assert "Your password is changed" in done.text
    assert (await try_to_log_in(client, "ada", NEW)).status_code == 200


async def test_token_in_the_form_is_escaped(client: httpx.AsyncClient, sessions: Sessions) -> None:
    """The page shows what it was sent, and runs none of it."""
    del sessions
    form = {"token": '"><script>alert(1)</script>', "password": NEW}
    answer = await client.post(f"{PAGES}/reset-password", data=form)
    assert answer.status_code == 400
    assert "alert(1)" not in answer.text


async def test_pages_are_not_in_the_api_document(client: httpx.AsyncClient) -> None:
    """They are for people."""
    document = (await client.get("/api/v1/openapi.json")).json()
    assert not [path for path in document["paths"] if "/pages/" in path]
    assert f"{AUTH}/verify-email" in document["paths"]
