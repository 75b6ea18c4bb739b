"""Stage 5: an order is paid or cancelled, once."""

from collections import Counter

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.capstone.shop import (
    CANCELLED,
    NEW,
    ORDERS,
    PAID,
    Headers,
    change,
    lock_order,
    make_order,
    outcome,
    places,
    race,
    read_order,
)

DEEDS = {"pay": PAID, "cancel": CANCELLED}


@pytest.mark.parametrize("deed", DEEDS)
async def test_new_order_changes(client: httpx.AsyncClient, as_ada: Headers, deed: str) -> None:
    """200 shows the order as it is now, and whoever looks sees the same."""
    order = await make_order(client, as_ada)
    answer = await change(client, as_ada, order["id"], deed)
    assert outcome(answer) == (200, None)
    changed = answer.json()
    assert changed["status_id"] == DEEDS[deed]
    assert changed["updated_at"] > order["updated_at"]
    kept = set(order) - {"status_id", "updated_at"}
    assert {name: changed[name] for name in kept} == {name: order[name] for name in kept}
    assert await read_order(client, as_ada, order["id"]) == changed


@pytest.mark.parametrize("deed", DEEDS)
async def test_list_follows(client: httpx.AsyncClient, as_ada: Headers, deed: str) -> None:
    """A filter by status finds the order where it is now, and not where it was."""
    order, other = [await make_order(client, as_ada) for _ in range(2)]
    assert outcome(await change(client, as_ada, order["id"], deed)) == (200, None)
    for status, expected in ((DEEDS[deed], order), (NEW, other)):
        query = {"filters": f"status_id:{status}"}
        answer = await client.get(ORDERS, params=query, headers=as_ada)
        assert outcome(answer) == (200, None)
        assert [shown["id"] for shown in answer.json()["items"]] == [expected["id"]]


@pytest.mark.parametrize("second", DEEDS)
@pytest.mark.parametrize("first", DEEDS)
async def test_order_that_is_closed_stays_as_it_is(
    client: httpx.AsyncClient, as_ada: Headers, first: str, second: str
) -> None:
    """Paid twice, cancelled twice, one after the other: 409 order_closed, and nothing changes."""
    order = await make_order(client, as_ada)
    assert outcome(await change(client, as_ada, order["id"], first)) == (200, None)
    before = await read_order(client, as_ada, order["id"])
    answer = await change(client, as_ada, order["id"], second)
    assert outcome(answer) == (409, "order_closed")
    assert await read_order(client, as_ada, order["id"]) == before


@pytest.mark.parametrize("deed", DEEDS)
async def test_administrator_may(
    client: httpx.AsyncClient, as_ada: Headers, as_root: Headers, deed: str
) -> None:
    """For the owner: the order stays theirs."""
    order = await make_order(client, as_ada)
    answer = await change(client, as_root, order["id"], deed)
    assert outcome(answer) == (200, None)
    assert answer.json()["user_id"] == order["user_id"]


@pytest.mark.parametrize("deed", DEEDS)
async def test_others_may_not(
    client: httpx.AsyncClient, as_ada: Headers, as_eve: Headers, deed: str
) -> None:
    """404, as for an order that does not exist; nothing has changed, whatever its status."""
    order = await make_order(client, as_ada)
    for number in (order["id"], 999):
        assert outcome(await change(client, as_eve, number, deed)) == (404, "order_not_found")
    assert (await read_order(client, as_ada, order["id"]))["status_id"] == NEW
    assert outcome(await change(client, as_ada, order["id"], deed)) == (200, None)
    # A 409 would tell that there is such an order, and that it is closed.
    assert outcome(await change(client, as_eve, order["id"], deed)) == (404, "order_not_found")


@pytest.mark.parametrize("deed", DEEDS)
async def test_nobody_changes_orders_without_a_token(
    client: httpx.AsyncClient, as_ada: Headers, deed: str
) -> None:
    """Who is asking comes before whether the order exists."""
    order = await make_order(client, as_ada)
    for number in (order["id"], 999):
        assert outcome(await change(client, None, number, deed)) == (401, "not_authenticated")
    assert (await read_order(client, as_ada, order["id"]))["status_id"] == NEW


@pytest.mark.parametrize("deed", DEEDS)
async def test_wrong_numbers_are_refused(
    client: httpx.AsyncClient, as_root: Headers, deed: str
) -> None:
    """404 for an administrator if there is none, 422 for what is no number."""
    assert outcome(await change(client, as_root, 999, deed)) == (404, "order_not_found")
    assert places(await change(client, as_root, 2**63, deed))[0] == ["path", "order_id"]


async def test_payments_at_once_are_one_payment(
    client: httpx.AsyncClient, as_ada: Headers, engine: AsyncEngine
) -> None:
    """Five clicks, five requests, five processes: one 200, four 409."""
    order = await make_order(client, as_ada)
    payments = (change(client, as_ada, order["id"], "pay") for _ in range(5))
    answers = Counter(
        outcome(answer) for answer in await race(engine, lock_order(order["id"]), payments)
    )
    assert answers == {(200, None): 1, (409, "order_closed"): 4}


async def test_payment_and_cancellation_at_once_are_one_of_them(
    client: httpx.AsyncClient, as_ada: Headers, engine: AsyncEngine
) -> None:
    """Whoever comes first wins, and the order is what the winner was told."""
    order = await make_order(client, as_ada)
    deeds = (change(client, as_ada, order["id"], deed) for deed in ("pay", "cancel") * 2)
    answers = await race(engine, lock_order(order["id"]), deeds)
    told = Counter(outcome(answer) for answer in answers)
    assert told == {(200, None): 1, (409, "order_closed"): 3}
    (winner,) = [answer.json() for answer in answers if answer.status_code == 200]
    assert await read_order(client, as_ada, order["id"]) == winner
