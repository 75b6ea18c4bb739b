"""How often one may try."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from redis.asyncio import Redis

from app.auth.services import password_hasher
from app.core.configs.rate_limiter import RateLimiterConfig
from tests.fixtures.accounts import AUTH, try_to_log_in
from tests.fixtures.client import call

BUDGET = 10


@pytest.fixture
async def limited(
    app: FastAPI, limits: RateLimiterConfig, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[FastAPI]:
    """Switch the limiter on, with counters of this test's own; every password is wrong, quickly."""
    monkeypatch.setattr(password_hasher, "verify_and_update", lambda *_: (False, None))
    before, app.state.rate_limiter = app.state.rate_limiter, limits
    yield app
    app.state.rate_limiter = before


async def guess(app: FastAPI, name: str, address: str) -> httpx.Response:
    """Try a wrong password from an address."""
    async with call(app, address=address) as client:
        return await try_to_log_in(client, name, "wrong horse battery")


@pytest.mark.usefixtures("sessions")
async def test_a_client_may_try_ten_accounts(limited: FastAPI) -> None:
    """Who tries one password with many names is stopped by address."""
    answers = [await guess(limited, f"user{n}", "198.51.100.1") for n in range(BUDGET + 1)]
    assert [answer.status_code for answer in answers] == [401] * BUDGET + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert (await guess(limited, "user", "198.51.100.2")).status_code == 401


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    "names",
    [("ada", "ADA"), ("nobody", " nobody"), ("ada@example.com", "Ada@EXAMPLE.com ")],
)
async def test_many_clients_may_try_one_account_ten_times(
    limited: FastAPI, names: tuple[str, str]
) -> None:
    """A guesser with many addresses is slowed too, whether or not the account exists."""
    answers = [await guess(limited, names[n % 2], f"198.51.100.{n}") for n in range(BUDGET + 1)]
    assert [answer.status_code for answer in answers] == [401] * BUDGET + [429]
    assert (await guess(limited, "other", "198.51.100.99")).status_code == 401


@pytest.mark.usefixtures("sessions")
async def test_counters_do_not_show_who_logs_in(
    limited: FastAPI, redis: Redis, limits: RateLimiterConfig
) -> None:
    """Keys are seen by operators; an e-mail address is nobody else's business."""
    await guess(limited, "secret.lover@example.com", "198.51.100.1")
    keys = [key async for key in redis.scan_iter(f"{limits.RATE_LIMITER_PREFIX}:*")]
    assert len(keys) == 3  # of the router, of the client, of the account
    assert b"lover" not in b"".join(keys)


HALF = b"--x\r\nContent-Disposition: form-data; name=%b\r\n\r\n\\ud800\r\n"
NONSENSE = {
    "a file": b"--x\r\nContent-Disposition: form-data; name=username; filename=a\r\n\r\nada\r\n",
    "half a character": HALF % b"username" + HALF % b"password",
}


@pytest.mark.usefixtures("sessions")
@pytest.mark.parametrize("parts", NONSENSE.values(), ids=NONSENSE)
async def test_nonsense_in_the_form_is_counted(limited: FastAPI, parts: bytes) -> None:
    """It is a mistake like others, not a bug; clients may name any of Python's encodings."""
    headers = {"Content-Type": "multipart/form-data; boundary=x; charset=unicode_escape"}
    async with call(limited) as client:
        answer = await client.post(f"{AUTH}/login", content=parts + b"--x--", headers=headers)
    assert answer.status_code == 422
    assert {error["loc"][-1] for error in answer.json()["errors"]} == {"username", "password"}


@pytest.mark.usefixtures("sessions")
async def test_registrations_are_limited(limited: FastAPI) -> None:
    """Hashing costs; nobody makes accounts without end."""
    async with call(limited) as client:
        bodies = [{"email": f"user{n}@example.com"} for n in range(BUDGET + 1)]
        answers = [await client.post(f"{AUTH}/register", json=body) for body in bodies]
    assert [answer.status_code for answer in answers] == [422] * BUDGET + [429]
