"""Stage 2: somebody orders something."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.types import Message, Receive, Scope, Send

from app.auth.models import User
from tests.capstone.shop import (
    CUP,
    LINES,
    NEW,
    ORDERS,
    TEA,
    TOTAL,
    Headers,
    count_orders,
    make_order,
    outcome,
    places,
    send_order,
)

MOST = {"name": "Ship", "quantity": 1000, "price": 100_000_000}


async def test_order_is_made(client: httpx.AsyncClient, as_ada: Headers, ada: User) -> None:
    """201 shows it: new, mine, with the lines as they were sent and a total."""
    order = await make_order(client, as_ada)
    assert order["lines"] == list(LINES)
    told = {name: order.get(name) for name in ("user_id", "status_id", "total")}
    assert told == {"user_id": ada.id, "status_id": NEW, "total": TOTAL}
    assert {"id", "created_at", "updated_at"} - set(order) == set()


async def test_order_belongs_to_whoever_asks(
    client: httpx.AsyncClient, as_root: Headers, root: User
) -> None:
    """Administrators order for themselves, like everybody."""
    assert (await make_order(client, as_root))["user_id"] == root.id


async def test_total_is_exact_for_the_largest_order(
    client: httpx.AsyncClient, as_ada: Headers
) -> None:
    """A hundred lines of a thousand pieces at a million each: more than 32 bits hold."""
    order = await make_order(client, as_ada, [MOST] * 100)
    assert order["total"] == 100 * 1000 * 100_000_000


async def test_gift_costs_nothing(client: httpx.AsyncClient, as_ada: Headers) -> None:
    """A price may be 0."""
    assert (await make_order(client, as_ada, [CUP | {"price": 0}]))["total"] == 0


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"quantity": 0}, "quantity"),
        ({"quantity": -1}, "quantity"),
        ({"quantity": 1001}, "quantity"),
        ({"quantity": 0.5}, "quantity"),
        ({"price": -1}, "price"),
        ({"price": 4.99}, "price"),
        ({"price": "4.99"}, "price"),
        ({"price": 100_000_001}, "price"),
        ({"price": None}, "price"),
        ({"name": ""}, "name"),
        ({"name": "x" * 256}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"discount": 10}, "discount"),
    ],
)
async def test_line_that_cannot_be_is_refused(
    client: httpx.AsyncClient,
    as_ada: Headers,
    engine: AsyncEngine,
    line: dict[str, Any],
    field: str,
) -> None:
    """422 names the line and the field, and nothing is stored."""
    answer = await send_order(client, as_ada, [TEA, CUP | line])
    assert places(answer) == [["body", "lines", 1, field]]
    assert await count_orders(engine) == 0


@pytest.mark.parametrize("count", [0, 101])
async def test_order_has_1_to_100_lines(
    client: httpx.AsyncClient, as_ada: Headers, count: int
) -> None:
    """Nothing is no order, and a longer list is somebody else's program."""
    answer = await send_order(client, as_ada, [TEA] * count)
    assert places(answer) == [["body", "lines"]]


@pytest.mark.parametrize("field", ["total", "status_id", "user_id", "id"])
async def test_client_does_not_say_what_follows(
    client: httpx.AsyncClient, as_ada: Headers, field: str
) -> None:
    """What it costs, whose it is and how far it has come is nobody's to choose: 422 names it."""
    answer = await client.post(ORDERS, json={"lines": LINES, field: 1}, headers=as_ada)
    assert places(answer) == [["body", field]]


async def test_nobody_orders_without_a_token(client: httpx.AsyncClient) -> None:
    """401, whatever the body says."""
    assert outcome(await send_order(client, None)) == (401, "not_authenticated")


async def test_order_is_stored_before_the_answer_begins(
    app: FastAPI, client: httpx.AsyncClient, engine: AsyncEngine, as_ada: Headers
) -> None:
    """Whoever reads a 201 finds the order, on any connection."""
    await make_order(client, as_ada)
    stored: list[int] = []

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        async def look(message: Message) -> None:
            if message["type"] == "http.response.start":
                stored.append(await count_orders(engine))
            await send(message)

        await app(scope, receive, look)

    transport = httpx.ASGITransport(watched, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as watching:
        await make_order(watching, as_ada)
    assert stored == [2], "the answer began before the commit"
