"""Who is asking: the address that a budget of requests belongs to."""

from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

from starlette.requests import HTTPConnection

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

IPV6_PREFIX = 64
"""Bits that name a customer: whoever has one IPv6 address has the other 2**64 - 1 too."""


def get_client(connection: HTTPConnection, trusted: Sequence[Network]) -> str:
    """Return the client's IPv4 address or IPv6 network.

    ``X-Forwarded-For`` is what the client wrote, plus what each proxy appended. So it is read from
    the right, and only as far as our own proxies vouch for it.
    """
    if connection.client is None:
        return "unknown"  # a Unix socket has no address
    peer = parse_address(connection.client.host)
    if peer is None:
        return connection.client.host
    hops = ",".join(connection.headers.getlist("x-forwarded-for")).split(",")
    client = find_client(peer, hops, trusted)
    if isinstance(client, IPv6Address):
        return str(IPv6Network((int(client), IPV6_PREFIX), strict=False))
    return str(client)


def find_client(peer: Address, hops: Sequence[str], trusted: Sequence[Network]) -> Address:
    """Walk from the peer towards the client, to the first address that is not a trusted proxy's.

    Where the way ends in something unreadable, the last address that was read is accountable.
    """
    client = peer
    for hop in reversed(hops):
        if not any(client in network for network in trusted):
            break
        if (address := parse_address(hop)) is None:
            break
        client = address
    return client


def parse_address(text: str) -> Address | None:
    """Read an address with or without a port; None if it is none."""
    text = text.strip()
    if text.startswith("[") and "]" in text:
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    # A dual-stack socket shows IPv4 clients as ::ffff:203.0.113.7.
    return getattr(address, "ipv4_mapped", None) or address
