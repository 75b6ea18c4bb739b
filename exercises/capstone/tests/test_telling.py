"""Stage 7: others are told of a payment, if and only if it is one."""

import httpx
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.capstone.conftest import SendAndRead
from tests.capstone.shop import (
    NEW,
    PAID,
    PAYMENT,
    Headers,
    change,
    lock_order,
    make_order,
    outcome,
    race,
    read_order,
    read_outbox,
    refusing,
    told_of,
)


async def test_payment_is_told(
    shop: httpx.AsyncClient,
    as_ada: Headers,
    engine: AsyncEngine,
    send_and_read: SendAndRead,
) -> None:
    """One event, orders.order_paid version 1: the ids and the total, under the order's key."""
    order = await make_order(shop, as_ada)
    headers = as_ada | {"X-Request-ID": "request-17"}
    assert outcome(await change(shop, headers, order["id"], "pay")) == (200, None)
    assert await read_outbox(engine) == [told_of(order)]
    messages = await send_and_read()
    assert [message.type for message in messages] == [PAYMENT]
    assert messages[0].key == f"order:{order['id']}"
    assert messages[0].context["request_id"] == "request-17"


async def test_event_tells_of_the_owner_not_of_who_paid(
    client: httpx.AsyncClient, as_ada: Headers, as_root: Headers, engine: AsyncEngine
) -> None:
    """An administrator who notes a payment does not become the customer."""
    order = await make_order(client, as_ada)
    assert outcome(await change(client, as_root, order["id"], "pay")) == (200, None)
    assert await read_outbox(engine) == [told_of(order)]


async def test_nothing_else_is_told_as_a_payment(
    client: httpx.AsyncClient, as_ada: Headers, engine: AsyncEngine
) -> None:
    """Not an order, not a cancellation, and not a payment that was refused."""
    order = await make_order(client, as_ada)
    for deed, expected in (("cancel", 200), ("pay", 409), ("pay", 409)):
        assert (await change(client, as_ada, order["id"], deed)).status_code == expected
    told = [kind for _, kind, _ in await read_outbox(engine)]
    assert PAYMENT not in told


async def test_payments_at_once_are_told_once(
    client: httpx.AsyncClient, as_ada: Headers, engine: AsyncEngine
) -> None:
    """The losers tell nobody."""
    order = await make_order(client, as_ada)
    payments = (change(client, as_ada, order["id"], "pay") for _ in range(3))
    await race(engine, lock_order(order["id"]), payments)
    assert await read_outbox(engine) == [told_of(order)]


async def test_payment_that_is_not_committed_is_not_told(
    shop: httpx.AsyncClient,
    as_ada: Headers,
    engine: AsyncEngine,
    send_and_read: SendAndRead,
) -> None:
    """PostgreSQL refuses the commit: no event is anywhere, and the payment can be repeated."""
    order = await make_order(shop, as_ada)
    async with refusing(engine, "orders"):
        assert (await change(shop, as_ada, order["id"], "pay")).status_code >= 500
    assert (await read_order(shop, as_ada, order["id"]))["status_id"] == NEW
    assert await read_outbox(engine) == []
    assert await send_and_read() == []
    assert outcome(await change(shop, as_ada, order["id"], "pay")) == (200, None)
    assert await read_outbox(engine) == [told_of(order)]


async def test_payment_that_cannot_be_told_is_none(
    client: httpx.AsyncClient, as_ada: Headers, engine: AsyncEngine
) -> None:
    """The event is in the same commit: if it cannot be written, the order stays new."""
    order = await make_order(client, as_ada)
    async with refusing(engine, "outbox_events"):
        answer = await change(client, as_ada, order["id"], "pay")
        assert answer.status_code >= 500, "the payment was committed without its event"
    assert (await read_order(client, as_ada, order["id"]))["status_id"] == NEW
    assert outcome(await change(client, as_ada, order["id"], "pay")) == (200, None)
    assert (await read_order(client, as_ada, order["id"]))["status_id"] == PAID
