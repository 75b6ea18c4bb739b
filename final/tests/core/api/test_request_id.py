"""Which id a request gets."""

from uuid import UUID

import pytest
from starlette.requests import Request

from app.core.api.request_id import get_request_id


def make_request(*given: str) -> Request:
    """Make a request with these ``X-Request-ID`` headers."""
    headers = [(b"x-request-id", value.encode("latin-1")) for value in given]
    return Request({"type": "http", "headers": headers})


@pytest.mark.parametrize("given", ["a", "Abc-1.2_3", "0" * 64])
def test_acceptable_id_is_kept(given: str) -> None:
    """So one id follows a request through several services."""
    assert get_request_id(make_request(given)) == given


@pytest.mark.parametrize(
    "given", ["", " ", "a b", "a\n", "a\r\nX: 1", "0" * 65, "é", "<b>", 'a"', "\x1b[2J", "a,b"]
)
def test_dangerous_id_is_replaced(given: str) -> None:
    """It would go into logs, headers and pages; a new one is made instead."""
    UUID(get_request_id(make_request(given)))


def test_id_is_the_same_for_the_whole_request() -> None:
    """Every layer that makes its own `Request` of the scope sees one id."""
    first = make_request()
    assert get_request_id(first) == get_request_id(Request(first.scope))
    assert first.state.request_id == get_request_id(first)


def test_two_requests_have_two_ids() -> None:
    """Nothing is shared."""
    assert get_request_id(make_request()) != get_request_id(make_request())
