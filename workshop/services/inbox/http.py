"""As much of HTTP as one page needs: a request is a line and headers, an answer closes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

PATIENCE = 10.0
LONGEST_HEAD = 65_536
HOSTS = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Request:
    """What a browser asks for."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_ours(self) -> bool:
        """Whether a page of ours asks, or a person: no other site may read or delete mail.

        Another site can send a browser here under a name of its own that leads to 127.0.0.1.
        """
        named = [f"//{self.headers.get('host', '')}"]
        if "origin" in self.headers:
            named.append(self.headers["origin"])
        try:
            return all(urlsplit(name).hostname in HOSTS for name in named)
        except ValueError:
            return False


@dataclass(frozen=True)
class Answer:
    """What it gets."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)

    def write(self, *, with_body: bool) -> bytes:
        """Write it as HTTP."""
        fields = {
            "Content-Type": self.kind,
            "Content-Length": str(len(self.body)),
            "Connection": "close",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            # Not no-referrer: with that, a browser does not say of a form where it comes from.
            "Referrer-Policy": "same-origin",
            **self.headers,
        }
        head = [f"HTTP/1.1 {self.status.value} {self.status.phrase}"]
        head += [f"{name}: {value}" for name, value in fields.items()]
        written = "\r\n".join([*head, "", ""]).encode("latin-1")
        return written + self.body if with_body else written


Respond = Callable[[Request], Answer]


async def serve_http(respond: Respond, port: int) -> asyncio.Server:
    """Listen for browsers.

    Raises:
        OSError: the port is taken.

    """

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, TimeoutError, ValueError, asyncio.IncompleteReadError):
            async with asyncio.timeout(PATIENCE):
                request = parse(await reader.readuntil(b"\r\n\r\n"))
            writer.write(respond(request).write(with_body=request.method != "HEAD"))
            await writer.drain()
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    return await asyncio.start_server(converse, "127.0.0.1", port, limit=LONGEST_HEAD)


def parse(head: bytes) -> Request:
    """Read a request.

    Raises:
        ValueError: this is none.

    """
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _version = first.split(" ")
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return Request(method, urlsplit(target).path, headers)
