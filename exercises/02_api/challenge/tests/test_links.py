"""The stretch task: links to the neighbours of a page."""

# ruff: noqa: INP001 - laid into a package of the app

import pytest
from starlette.datastructures import URL

USERS = "http://internal:8000/api/v1/users"


def links(query: str, page: int, pages: int | None) -> dict[str, str]:
    """Ask for the header, and take it apart: relation -> address."""
    from app.core.api.links import make_link_header  # noqa: PLC0415 - it is what the test is about

    header = make_link_header(URL(f"{USERS}?{query}" if query else USERS), page, pages)
    parts = [part.split("; ") for part in header.split(", ")] if header else []
    return {rel.removeprefix('rel="').removesuffix('"'): address[1:-1] for address, rel in parts}


def test_middle_page_has_all_neighbours() -> None:
    """In the order first, prev, next, last."""
    found = links("page=2", 2, 4)
    assert list(found) == ["first", "prev", "next", "last"]
    assert found["prev"] == "/api/v1/users?page=1"
    assert found["next"] == "/api/v1/users?page=3"
    assert found["last"] == "/api/v1/users?page=4"


def test_first_page_has_none_before_it() -> None:
    """There is nothing to go back to."""
    assert list(links("", 1, 3)) == ["first", "next", "last"]


def test_last_page_has_none_after_it() -> None:
    """There is nothing to go on to."""
    assert list(links("page=3", 3, 3)) == ["first", "prev", "last"]


def test_without_a_total_there_is_a_next_page_and_no_last() -> None:
    """Nobody has counted, so the client has to try."""
    assert list(links("page=7&with_total=false", 7, None)) == ["first", "prev", "next"]


@pytest.mark.parametrize("query", ["sort=id:desc&page=2", "page=2&filters=id:%5B1,2%5D"])
def test_other_parameters_stay(query: str) -> None:
    """A neighbour is the same list."""
    address = URL(links(query, 2, 4)["next"])
    assert "page=3" in address.query
    assert ("sort=id" in address.query) == ("sort=id" in query)
    assert ("filters=id" in address.query) == ("filters=id" in query)


def test_host_is_not_shown() -> None:
    """Behind a proxy it would be the wrong one."""
    assert all(address.startswith("/api/v1/users") for address in links("page=2", 2, 4).values())
