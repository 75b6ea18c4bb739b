"""Stage 3: looking at an order, for those who may."""

import httpx
import pytest

from tests.capstone.shop import LINES, ORDERS, Headers, make_order, outcome, places, read_order


async def get(
    client: httpx.AsyncClient, headers: Headers | None, order_id: object
) -> httpx.Response:
    """Ask for an order."""
    return await client.get(f"{ORDERS}/{order_id}", headers=headers)


async def test_owner_sees_the_order(client: httpx.AsyncClient, as_ada: Headers) -> None:
    """With its lines, as it was answered when it was made."""
    order = await make_order(client, as_ada)
    assert await read_order(client, as_ada, order["id"]) == order


async def test_lines_stay_in_their_order(client: httpx.AsyncClient, as_ada: Headers) -> None:
    """As the client sent them, for many lines too."""
    lines = [{"name": f"Thing {n}", "quantity": 1, "price": n} for n in range(99, -1, -1)]
    order = await make_order(client, as_ada, lines)
    assert (await read_order(client, as_ada, order["id"]))["lines"] == lines


async def test_administrator_sees_the_order(
    client: httpx.AsyncClient, as_ada: Headers, as_root: Headers
) -> None:
    """As its owner does."""
    order = await make_order(client, as_ada)
    assert await read_order(client, as_root, order["id"]) == order


async def test_others_learn_nothing(
    client: httpx.AsyncClient, as_ada: Headers, as_eve: Headers
) -> None:
    """Somebody else's order and none at all are one answer: 404 order_not_found."""
    order = await make_order(client, as_ada)
    foreign, missing = [await get(client, as_eve, number) for number in (order["id"], 999)]
    assert outcome(foreign) == (404, "order_not_found")
    assert outcome(missing) == (404, "order_not_found")
    shown = foreign.json()["detail"].replace(str(order["id"]), "999")
    assert shown == missing.json()["detail"], "the words tell the two apart"
    assert str(LINES[0]["name"]) not in foreign.text


async def test_administrator_learns_that_there_is_none(
    client: httpx.AsyncClient, as_root: Headers
) -> None:
    """404, too."""
    assert outcome(await get(client, as_root, 999)) == (404, "order_not_found")


@pytest.mark.parametrize("wrong", ["0", "x", str(2**63)])
async def test_what_is_no_number_of_an_order_is_refused(
    client: httpx.AsyncClient, as_ada: Headers, wrong: str
) -> None:
    """422: the database is not asked."""
    assert places(await get(client, as_ada, wrong))[0] == ["path", "order_id"]


async def test_nobody_looks_without_a_token(client: httpx.AsyncClient, as_ada: Headers) -> None:
    """Who is asking comes before whether the order exists."""
    order = await make_order(client, as_ada)
    for number in (order["id"], 999):
        assert outcome(await get(client, None, number)) == (401, "not_authenticated")


async def test_deleted_user_sees_nothing_any_more(
    client: httpx.AsyncClient, as_ada: Headers
) -> None:
    """The user is asked for at every request, not read from the token."""
    order = await make_order(client, as_ada)
    await client.delete(f"/api/v1/users/{order['user_id']}", headers=as_ada)
    assert outcome(await get(client, as_ada, order["id"])) == (401, "token_invalid")
