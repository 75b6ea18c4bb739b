"""What the tests of the capstone order, and how they read the answers."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx
from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncEngine

ORDERS = "/api/v1/orders"
TOPIC = "orders.orders"
PAYMENT = "orders.order_paid.v1"
NEW, PAID, CANCELLED = 1, 2, 3

TEA = {"name": "Tea, 100 g", "quantity": 2, "price": 499}
CUP = {"name": "Cup", "quantity": 1, "price": 1250}
LINES = (TEA, CUP)
TOTAL = 2 * 499 + 1250

PATIENCE = 15.0
"""Seconds after which something that should happen will not."""

Headers = dict[str, str]


def outcome(answer: httpx.Response) -> tuple[int, str | None]:
    """Say how it ended: the status, and of a problem its code."""
    body = answer.json() if answer.content else None
    return int(answer.status_code), body.get("code") if isinstance(body, dict) else None


def places(answer: httpx.Response) -> list[list[str | int]]:
    """Say where in the request the mistakes are."""
    assert outcome(answer) == (422, "invalid_request")
    return [error["loc"] for error in answer.json()["errors"]]


async def send_order(
    client: httpx.AsyncClient,
    headers: Headers | None,
    lines: Sequence[object] = LINES,
    key: str | None = None,
) -> httpx.Response:
    """Order something."""
    sent = dict(headers or {}) | ({} if key is None else {"Idempotency-Key": key})
    return await client.post(ORDERS, json={"lines": list(lines)}, headers=sent)


async def make_order(
    client: httpx.AsyncClient,
    headers: Headers,
    lines: Sequence[object] = LINES,
    key: str | None = None,
) -> dict[str, Any]:
    """Order something that can be ordered."""
    answer = await send_order(client, headers, lines, key)
    assert outcome(answer) == (201, None)
    order: dict[str, Any] = answer.json()
    return order


async def change(
    client: httpx.AsyncClient, headers: Headers | None, order_id: object, deed: str
) -> httpx.Response:
    """Pay or cancel an order."""
    return await client.post(f"{ORDERS}/{order_id}/{deed}", headers=headers)


async def read_order(client: httpx.AsyncClient, headers: Headers, order_id: int) -> dict[str, Any]:
    """Look at an order that must be there."""
    answer = await client.get(f"{ORDERS}/{order_id}", headers=headers)
    assert outcome(answer) == (200, None)
    order: dict[str, Any] = answer.json()
    return order


async def count_orders(engine: AsyncEngine) -> int:
    """Count what is stored, whoever may see it."""
    async with engine.connect() as connection:
        return int((await connection.execute(text("SELECT count(*) FROM orders"))).scalar_one())


async def read_outbox(engine: AsyncEngine) -> list[tuple[str, str, dict[str, Any]]]:
    """Give topic, type and payload of what others are told of orders, as it was committed."""
    statement = "SELECT topic, type, body FROM outbox_events WHERE type LIKE 'orders.%' ORDER BY id"
    async with engine.connect() as connection:
        rows = await connection.execute(text(statement))
        return [(row.topic, row.type, json.loads(row.body)["payload"]) for row in rows]


def told_of(order: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """Say what others are to be told when an order was paid."""
    ids = {"order_id": order["id"], "user_id": order["user_id"]}
    return TOPIC, PAYMENT, ids | {"total": order["total"]}


def lock_order(order_id: int) -> TextClause:
    """Write the statement after which nobody else changes an order."""
    return text("SELECT 1 FROM orders WHERE id = :id FOR UPDATE").bindparams(id=order_id)


async def race(
    engine: AsyncEngine, lock: TextClause, requests: Iterable[Awaitable[httpx.Response]]
) -> list[httpx.Response]:
    """Send requests at once: all have begun, and none has written, when the lock is released.

    Whoever looks first and writes later has looked by then.
    """
    async with engine.connect() as holder:
        await holder.execute(lock)
        sent = [asyncio.ensure_future(request) for request in requests]
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        async with engine.connect() as observer:

            async def all_wait() -> bool:
                found = await observer.execute(text(f"{waiting} AND wait_event_type = 'Lock'"))
                await observer.rollback()
                return int(found.scalar_one()) + sum(one.done() for one in sent) >= len(sent)

            try:
                await wait_until(all_wait, "the requests neither wait for the lock nor end")
            finally:
                await holder.rollback()
                answers = await asyncio.gather(*sent)
    return answers


REFUSE = """
CREATE FUNCTION refuse_commit() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE 'refused by a test'; END $$
"""


@asynccontextmanager
async def refusing(engine: AsyncEngine, table: str) -> AsyncIterator[None]:
    """Let PostgreSQL refuse every commit that has written to a table."""
    what = f"CREATE CONSTRAINT TRIGGER refuse_commit AFTER INSERT OR UPDATE ON {table}"
    when = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_commit()"
    async with engine.begin() as connection:
        await connection.execute(text(REFUSE))
        await connection.execute(text(f"{what} {when}"))
    try:
        yield
    finally:
        async with engine.begin() as connection:
            await connection.execute(text("DROP FUNCTION refuse_commit CASCADE"))


async def wait_until(condition: Callable[[], Awaitable[bool]], otherwise: str) -> None:
    """Wait until something is so; say what it means if it never is."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not await condition():  # noqa: ASYNC110 - other processes set no event here
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(otherwise) from None
