"""``GET /users``: sorted, filtered, page by page."""

from typing import Any

import httpx
import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.models import User

URL = "/api/v1/users"


async def get(client: httpx.AsyncClient, **query: Any) -> dict[str, Any]:  # noqa: ANN401 - as httpx
    """Ask for a page that must be there."""
    answer = await client.get(URL, params=query)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


async def names(client: httpx.AsyncClient, **query: Any) -> list[str]:  # noqa: ANN401 - as httpx
    """Ask for a page and keep the names."""
    return [user["username"] for user in (await get(client, **query))["items"]]


async def test_living_users_come_in_the_order_of_their_ids(
    client: httpx.AsyncClient, usernames: list[str]
) -> None:
    """Deleted users are neither shown nor counted."""
    page = await get(client)
    assert [user["username"] for user in page["items"]] == usernames[:-1]
    assert (page["total"], page["pages"], page["page"], page["page_size"]) == (4, 1, 1, 20)


async def test_a_user_is_shown_without_private_data(
    client: httpx.AsyncClient, usernames: list[str]
) -> None:
    """Exactly what `UserResponse` names: no e-mail, no password hash."""
    user = (await get(client))["items"][0]
    assert set(user) == {"id", "username", "status_id", "created_at"}
    assert (user["username"], user["status_id"]) == (usernames[0], 1)


@pytest.mark.usefixtures("usernames")
@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("username", ["ada", "bob", "carl", "dora"]),
        ("username:desc", ["dora", "carl", "bob", "ada"]),
        ("status_id,username:desc", ["dora", "carl", "bob", "ada"]),
        ("id:desc", ["bob", "carl", "ada", "dora"]),
    ],
)
async def test_sort(client: httpx.AsyncClient, sort: str, expected: list[str]) -> None:
    """The first field counts most."""
    assert await names(client, sort=sort) == expected


@pytest.mark.usefixtures("usernames")
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("id:2", ["ada"]),
        ("id:[1,3,99]", ["dora", "carl"]),
        ("username:[ADA,bob]", ["ada", "bob"]),
        ("status_id:2", []),
        ("status_id:[1,2],username:carl", ["carl"]),
        ('username:["a,b",carl]', ["carl"]),
        ("username:gone", []),
        ("id:9223372036854775807", []),
    ],
)
async def test_filters(client: httpx.AsyncClient, filters: str, expected: list[str]) -> None:
    """A row has one of the values of every field."""
    page = await get(client, filters=filters)
    assert [user["username"] for user in page["items"]] == expected
    assert page["total"] == len(expected)


@pytest.mark.usefixtures("usernames")
async def test_repeated_parameters_add_up(client: httpx.AsyncClient) -> None:
    """``filters=a&filters=b`` is ``filters=a,b``: nothing is dropped silently."""
    query = "filters=status_id:1&filters=id:[1,2]&sort=status_id&sort=id:desc"
    page = (await client.get(f"{URL}?{query}")).json()
    assert [user["username"] for user in page["items"]] == ["ada", "dora"]


@pytest.mark.usefixtures("usernames")
async def test_equal_rows_keep_their_places_across_pages(
    client: httpx.AsyncClient, session: AsyncSession
) -> None:
    """Every user has the same status; yet the pages together show each once.

    Without a rule, PostgreSQL would give the order of an index, or an updated row last.
    """
    await session.execute(update(User).where(User.username == "dora").values(is_admin=True))
    await session.commit()
    pages = [
        await names(client, sort="status_id:desc", page=page, page_size=1) for page in (1, 2, 3, 4)
    ]
    assert pages == [["dora"], ["ada"], ["carl"], ["bob"]]


@pytest.mark.usefixtures("usernames")
async def test_last_page_may_be_short(client: httpx.AsyncClient) -> None:
    """Four users in pages of three."""
    page = await get(client, page=2, page_size=3)
    assert ([user["username"] for user in page["items"]], page["pages"]) == (["bob"], 2)


@pytest.mark.usefixtures("usernames")
async def test_total_can_be_left_out(client: httpx.AsyncClient) -> None:
    """Then the answer says null, not a number that looks true."""
    page = await get(client, with_total="false")
    assert (page["total"], page["pages"], len(page["items"])) == (None, None, 4)


async def test_empty_list_has_a_first_page(client: httpx.AsyncClient) -> None:
    """No users is no error."""
    page = await get(client)
    assert (page["items"], page["total"], page["pages"]) == ([], 0, 1)
