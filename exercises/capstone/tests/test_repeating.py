"""Stage 6: a request that is sent again makes no second order."""

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.main import init_app
from tests.capstone.shop import (
    CUP,
    ORDERS,
    PAID,
    TEA,
    Headers,
    change,
    count_orders,
    make_order,
    outcome,
    places,
    race,
    read_order,
    send_order,
)
from tests.fixtures.client import call

KEY = "6e1b1c7e-8f0a-4b52-9a3e-0d7f0b6c2f1e"
PAGE = "https://shop.example.com"


async def test_repeated_request_is_answered_with_the_first_order(
    client: httpx.AsyncClient, as_ada: Headers, engine: AsyncEngine
) -> None:
    """201 again, with the same order: the client that got no answer has one now."""
    order = await make_order(client, as_ada, key=KEY)
    assert await make_order(client, as_ada, key=KEY) == order
    assert await count_orders(engine) == 1


async def test_repeated_request_shows_the_order_as_it_is_now(
    client: httpx.AsyncClient, as_ada: Headers
) -> None:
    """It may have been paid meanwhile."""
    order = await make_order(client, as_ada, key=KEY)
    assert outcome(await change(client, as_ada, order["id"], "pay")) == (200, None)
    again = await make_order(client, as_ada, key=KEY)
    assert (again["id"], again["status_id"]) == (order["id"], PAID)


async def test_without_a_key_every_request_is_an_order(
    client: httpx.AsyncClient, as_ada: Headers, engine: AsyncEngine
) -> None:
    """Two cups of tea are two orders, if nobody says otherwise; so are two keys."""
    for key in (None, None, "one", "two"):
        await make_order(client, as_ada, key=key)
    assert await count_orders(engine) == 4


async def test_key_belongs_to_its_user(
    client: httpx.AsyncClient, as_ada: Headers, as_eve: Headers
) -> None:
    """Somebody else who sends the same one gets an order of their own, not this one."""
    order = await make_order(client, as_ada, key=KEY)
    other = await make_order(client, as_eve, [CUP], key=KEY)
    assert other["id"] != order["id"]
    assert other["user_id"] != order["user_id"]
    assert await read_order(client, as_ada, order["id"]) == order


@pytest.mark.parametrize("lines", [[TEA], [CUP, TEA], [TEA | {"price": 1}, CUP]])
async def test_key_of_another_request_is_refused(
    client: httpx.AsyncClient, as_ada: Headers, engine: AsyncEngine, lines: list[object]
) -> None:
    """409 idempotency_key_reused: the client mixed two orders up, and neither may get lost."""
    order = await make_order(client, as_ada, key=KEY)
    answer = await send_order(client, as_ada, lines, key=KEY)
    assert outcome(answer) == (409, "idempotency_key_reused")
    assert await read_order(client, as_ada, order["id"]) == order
    assert await count_orders(engine) == 1


async def test_refused_request_does_not_use_its_key_up(
    client: httpx.AsyncClient, as_ada: Headers
) -> None:
    """After a 422 the client corrects the body, and sends the same key."""
    answer = await send_order(client, as_ada, [CUP | {"quantity": 0}], key=KEY)
    assert places(answer) == [["body", "lines", 0, "quantity"]]
    await make_order(client, as_ada, [CUP], key=KEY)


@pytest.mark.parametrize("key", ["", "x" * 101, "two words"])
async def test_key_that_is_none_is_refused(
    client: httpx.AsyncClient, as_ada: Headers, key: str
) -> None:
    """1 to 100 visible characters of ASCII; 422 names the header."""
    found = places(await send_order(client, as_ada, key=key))
    assert [[str(part).lower() for part in place] for place in found] == [
        ["header", "idempotency-key"]
    ]


async def test_requests_at_once_are_one_order(
    client: httpx.AsyncClient, as_ada: Headers, engine: AsyncEngine
) -> None:
    """A client that is impatient sends again before the first answer: each gets the same order."""
    await make_order(client, as_ada)
    requests = (send_order(client, as_ada, key=KEY) for _ in range(5))
    answers = await race(engine, text("LOCK TABLE orders IN SHARE MODE"), requests)
    assert [outcome(answer) for answer in answers] == [(201, None)] * 5
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await count_orders(engine) == 2


async def test_pages_of_the_shop_may_send_the_key(
    client: httpx.AsyncClient, as_ada: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser asks which headers a script may send; Idempotency-Key has to be among them."""
    await make_order(client, as_ada, key=KEY)
    monkeypatch.setenv("CORS_ORIGINS", PAGE)
    asked = {
        "Origin": PAGE,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
    }
    app = init_app()
    async with call(app) as page:
        answer = await page.options(ORDERS, headers=asked)
    await app.state.dishka_container.close()
    assert (answer.status_code, answer.text) == (200, "OK")
