"""Who counts as the client."""

from ipaddress import ip_network

import pytest
from starlette.requests import Request

from app.core.api.client import get_client

PROXIES = [ip_network(text) for text in ("10.0.0.0/8", "fd00::/8")]


def client(peer: str, *forwarded: str) -> str:
    """Ask for the client of a request that came from the peer with these headers."""
    headers = [(b"x-forwarded-for", value.encode("latin-1")) for value in forwarded]
    return get_client(Request({"type": "http", "client": (peer, 1), "headers": headers}), PROXIES)


def test_header_of_a_stranger_is_ignored() -> None:
    """Anybody can write it."""
    assert client("203.0.113.7", "198.51.100.1") == "203.0.113.7"


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("1.1.1.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("198.51.100.1:4711", "198.51.100.1"),
        ("[2001:db8:1:2::5]:4711", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("198.51.100.1, fd00::1", "198.51.100.1"),
        ("10.0.0.3, 10.0.0.2", "10.0.0.3"),
    ],
)
def test_nearest_address_that_no_trusted_proxy_has(forwarded: str, expected: str) -> None:
    """What stands further left was written by the client itself."""
    assert client("10.0.0.1", forwarded) == expected


@pytest.mark.parametrize(
    "garbage",
    ["", " ", ",", "unknown", "1.2.3", "\xb2\xb2.1.1.1", "[::1", "::1::", "a" * 60_000],
)
def test_garbage_is_counted_for_the_proxy_that_passed_it(garbage: str) -> None:
    """It never makes a new client."""
    assert client("10.0.0.1", garbage) == "10.0.0.1"


def test_several_headers_are_one_list() -> None:
    """As RFC 9110 has it: the last header stands rightmost."""
    assert client("10.0.0.1", "1.1.1.1", "198.51.100.1") == "198.51.100.1"


def test_customer_of_ipv6_is_one_client() -> None:
    """Whoever has one address of a /64 has them all."""
    assert client("2001:db8:1:2::5") == client("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"
    assert client("2001:db8:1:3::5") != client("2001:db8:1:2::5")


def test_ipv4_on_a_dual_stack_socket_is_ipv4() -> None:
    """Else all IPv4 clients would be one, and no IPv4 proxy would be trusted."""
    assert client("::ffff:203.0.113.7") == "203.0.113.7"
    assert client("::ffff:10.0.0.1", "198.51.100.1") == "198.51.100.1"


def test_peer_without_an_address() -> None:
    """A Unix socket has none; a test client's may be a name."""
    assert get_client(Request({"type": "http", "client": None, "headers": []}), ()) == "unknown"
    assert client("testclient", "1.1.1.1") == "testclient"
