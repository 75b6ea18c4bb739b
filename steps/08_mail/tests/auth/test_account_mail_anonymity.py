"""Asking for a message tells nobody which accounts exist, and fills no mailbox."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from redis.asyncio import Redis
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.models import User
from app.core.configs.queue import QueueConfig
from app.core.configs.rate_limiter import RateLimiterConfig
from tests.fixtures.accounts import AUTH
from tests.fixtures.client import call

IDS = re.compile(r'"(task_id|request_id)":\s*"[\w-]+"')
"""What is another for each task, and for each request."""
REQUESTS = [f"{AUTH}/verify-email/request", f"{AUTH}/password-reset/request"]
BUDGET = 3


@pytest.mark.parametrize("path", REQUESTS)
async def test_known_and_unknown_address_look_alike(
    client: httpx.AsyncClient, ada: User, statements: list[str], redis: Redis, path: str
) -> None:
    """The same answer for the same work: a task is queued, and the database not even asked."""
    key, answers, queued = QueueConfig().tasks_key, [], []
    await redis.delete(key)
    for email in (ada.email, "bob@example.com"):
        answers.append(await client.post(path, json={"email": email}))
        entries: Any = await redis.xrange(key)
        queued.append(IDS.sub("", entries[-1][1][b"data"].decode()))
    known, unknown = answers
    assert (known.status_code, known.content) == (202, unknown.content)
    assert known.headers.keys() == unknown.headers.keys()
    assert queued[0].replace(ada.email, "bob@example.com") == queued[1]
    assert statements == []
    await redis.delete(key)


@pytest.fixture
async def limited(app: FastAPI, redis: Redis, limits: RateLimiterConfig) -> AsyncIterator[FastAPI]:
    """Switch the limiter on, with counters of this test's own; queue nothing in the end."""
    before, app.state.rate_limiter = app.state.rate_limiter, limits
    yield app
    app.state.rate_limiter = before
    await redis.delete(QueueConfig().tasks_key)


async def ask(app: FastAPI, path: str, email: object, address: str) -> httpx.Response:
    """Ask for a message from an address of the network."""
    async with call(app, address=address) as client:
        return await client.post(path, json={"email": email})


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize("path", REQUESTS)
@pytest.mark.parametrize("name", ["ada", "nobody"])
async def test_many_clients_may_have_three_messages_sent(
    limited: FastAPI, path: str, name: str
) -> None:
    """However the address is written, and whether or not an account has it."""
    written = [f"{name}@example.com", f"{name.upper()}@Example.com", f"{name}@\uff45xample.com"]
    answers = [
        await ask(limited, path, written[n % 3], f"198.51.100.{n}") for n in range(BUDGET + 1)
    ]
    assert [answer.status_code for answer in answers] == [202] * BUDGET + [429]
    assert (await ask(limited, path, "other@example.com", "198.51.100.9")).status_code == 202


@pytest.mark.usefixtures("sessions")
async def test_one_client_may_name_ten_addresses(limited: FastAPI) -> None:
    """Nobody mails the whole town."""
    answers = [
        await ask(limited, REQUESTS[0], f"user{n}@example.com", "198.51.100.1") for n in range(11)
    ]
    assert [answer.status_code for answer in answers] == [202] * 10 + [429]


@pytest.mark.usefixtures("sessions")
@pytest.mark.parametrize("email", [None, 7, ["ada@example.com"], "nobody", "a@b\r\nBcc: c@d.e"])
async def test_nonsense_is_refused(limited: FastAPI, email: object) -> None:
    """It is a mistake like others, not a bug."""
    answer = await ask(limited, REQUESTS[0], email, "198.51.100.1")
    assert answer.status_code == 422
    assert [error["loc"] for error in answer.json()["errors"]] == [["body", "email"]]


async def test_deleted_accounts_fill_no_mailbox(
    limited: FastAPI, sessions: async_sessionmaker[AsyncSession]
) -> None:
    """Each registration sends a letter, and a deletion frees the address for the next one."""
    statuses = []
    for n in range(6):
        body = {
            "email": "Eve@Example.com",
            "username": f"eve{n}",
            "password": "correct horse battery",
        }
        async with call(limited, address=f"198.51.100.{n}") as client:
            statuses.append((await client.post(f"{AUTH}/register", json=body)).status_code)
            body["email"] = f"eve{n}@example.com"
            other = await client.post(f"{AUTH}/register", json=body | {"username": f"adam{n}"})
        assert other.status_code == 201
        async with sessions() as session:
            await session.execute(update(User).values(deleted_at=datetime.now(UTC)))
            await session.commit()
    assert statuses == [201] * 5 + [429]


@pytest.mark.usefixtures("sessions")
@pytest.mark.parametrize("path", REQUESTS)
async def test_what_is_no_address_costs_nobody_else(limited: FastAPI, path: str) -> None:
    """Who has mistyped it hears so, however many others have."""
    answers = [await ask(limited, path, "nobody", "198.51.100.1") for _ in range(BUDGET + 1)]
    answers.append(await ask(limited, path, "nobody", "198.51.100.2"))
    assert [answer.status_code for answer in answers] == [422] * BUDGET + [429, 422]


@pytest.mark.usefixtures("sessions")
async def test_counters_do_not_show_whose_mailbox_it_is(
    limited: FastAPI, redis: Redis, limits: RateLimiterConfig
) -> None:
    """Keys are seen by operators."""
    await ask(limited, REQUESTS[1], "secret.lover@example.com", "198.51.100.1")
    keys = [key async for key in redis.scan_iter(f"{limits.RATE_LIMITER_PREFIX}:*")]
    assert len(keys) == 2
    assert b"lover" not in b"".join(keys)


@pytest.mark.usefixtures("sessions")
@pytest.mark.parametrize(
    ("path", "body"),
    [
        (REQUESTS[0], {"email": "ada@example.com"}),
        (f"{AUTH}/verify-email", {"token": "x"}),
        (f"{AUTH}/password-reset", {"token": "x", "password": "another horse battery"}),
    ],
)
async def test_unknown_field_is_refused(
    client: httpx.AsyncClient, path: str, body: dict[str, str]
) -> None:
    """It is a mistake of the client, which should hear of it."""
    answer = await client.post(path, json=body | {"user_id": "1"})
    assert answer.status_code == 422
    assert [error["loc"] for error in answer.json()["errors"]] == [["body", "user_id"]]
