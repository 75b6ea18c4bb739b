"""Stage 4: one's own orders, page by page."""

from typing import Any

import httpx
import pytest

from tests.capstone.shop import (
    CUP,
    ORDERS,
    Headers,
    make_order,
    outcome,
)


async def list_orders(
    client: httpx.AsyncClient,
    headers: Headers,
    **query: Any,  # noqa: ANN401 - as httpx
) -> dict[str, Any]:
    """Ask for a page that must be there."""
    answer = await client.get(ORDERS, params=query, headers=headers)
    assert outcome(answer) == (200, None)
    page: dict[str, Any] = answer.json()
    return page


async def totals(
    client: httpx.AsyncClient,
    headers: Headers,
    **query: Any,  # noqa: ANN401 - as httpx
) -> list[int]:
    """Ask for a page and keep what the orders cost."""
    return [order["total"] for order in (await list_orders(client, headers, **query))["items"]]


@pytest.fixture
async def orders(client: httpx.AsyncClient, as_ada: Headers) -> list[int]:
    """Order for 300, 100, 200 and 100; give the ids."""
    made = [
        await make_order(client, as_ada, [CUP | {"price": price}]) for price in (300, 100, 200, 100)
    ]
    return [order["id"] for order in made]


async def test_list_shows_ones_own_orders(
    client: httpx.AsyncClient, as_ada: Headers, orders: list[int]
) -> None:
    """In the order of their ids, counted, with what the order itself shows."""
    page = await list_orders(client, as_ada)
    assert [order["id"] for order in page["items"]] == orders
    assert (page["total"], page["pages"], page["page"], page["page_size"]) == (4, 1, 1, 20)
    expected = {"id", "user_id", "status_id", "total", "created_at", "updated_at"}
    assert expected - set(page["items"][0]) == set()


@pytest.mark.usefixtures("orders")
async def test_list_shows_nobody_elses_orders(
    client: httpx.AsyncClient, as_eve: Headers, as_root: Headers
) -> None:
    """Neither shown nor counted; administrators see their own ones here, too."""
    for headers in (as_eve, as_root):
        order = await make_order(client, headers)
        page = await list_orders(client, headers)
        assert [shown["id"] for shown in page["items"]] == [order["id"]]
        assert page["total"] == 1


@pytest.mark.usefixtures("orders")
@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("total", [100, 100, 200, 300]),
        ("total:desc", [300, 200, 100, 100]),
        ("id:desc", [100, 200, 100, 300]),
        ("status_id,created_at:desc", [100, 200, 100, 300]),
    ],
)
async def test_list_is_sorted(
    client: httpx.AsyncClient, as_ada: Headers, sort: str, expected: list[int]
) -> None:
    """By id, status_id, total and created_at, the first field counts most."""
    assert await totals(client, as_ada, sort=sort) == expected


async def test_list_is_filtered(
    client: httpx.AsyncClient, as_ada: Headers, orders: list[int]
) -> None:
    """By id and status_id; what is filtered out is not counted."""
    assert await totals(client, as_ada, filters=f"id:[{orders[0]},{orders[2]}]") == [300, 200]
    page = await list_orders(client, as_ada, filters="status_id:[2,3]")
    assert (page["items"], page["total"], page["pages"]) == ([], 0, 1)


@pytest.mark.usefixtures("orders")
async def test_list_has_pages(client: httpx.AsyncClient, as_ada: Headers) -> None:
    """No row is on two pages, or on none, though two cost the same."""
    pages = [
        await list_orders(client, as_ada, sort="total", page=number, page_size=1)
        for number in range(1, 5)
    ]
    assert len({page["items"][0]["id"] for page in pages}) == 4
    assert {(page["total"], page["pages"]) for page in pages} == {(4, 4)}
    assert (await list_orders(client, as_ada, with_total="false"))["total"] is None


@pytest.mark.usefixtures("orders")
@pytest.mark.parametrize(
    ("query", "place"),
    [
        ({"filters": "user_id:1"}, ["query", "filters", "user_id"]),
        ({"filters": "status_id:4"}, ["query", "filters", "status_id"]),
        ({"sort": "user_id"}, ["query", "sort", "user_id"]),
        ({"sort": "idempotency_key"}, ["query", "sort", "idempotency_key"]),
        ({"page_size": 101}, ["query", "page_size"]),
        ({"page": 2}, ["query", "page"]),
    ],
)
async def test_what_no_list_has_is_refused(
    client: httpx.AsyncClient, as_ada: Headers, query: dict[str, Any], place: list[str]
) -> None:
    """422 names the parameter; a list of somebody else cannot even be asked for."""
    answer = await client.get(ORDERS, params=query, headers=as_ada)
    assert outcome(answer) == (422, "invalid_request")
    assert answer.json()["errors"][0]["loc"][: len(place)] == place


async def test_nobody_lists_without_a_token(client: httpx.AsyncClient) -> None:
    """There is nobody whose orders they could be."""
    assert outcome(await client.get(ORDERS)) == (401, "not_authenticated")


@pytest.mark.usefixtures("orders")
async def test_longer_list_takes_no_more_statements(
    client: httpx.AsyncClient, as_ada: Headers, statements: list[str]
) -> None:
    """However many orders there are on the page, the database is asked as often."""
    asked = []
    for page_size in (1, 4):
        statements.clear()
        await list_orders(client, as_ada, page_size=page_size)
        asked.append(len(statements))
    assert asked[0] == asked[1], "each order on the page costs a statement"
