"""A request and its answer, as they pass by."""

from collections.abc import Mapping
from time import perf_counter
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive, Scope, Send

CLIENT_GONE: Final = 499
"""The status of a request whose client did not wait; nginx's number, as HTTP has none."""
PATIENCE = 1.0
"""Seconds. Whether the client of a slower answer still waits is worth a look."""


class Exchange:
    """Watches what is received and sent, and changes nothing."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._started = perf_counter()
        self._ended: float | None = None
        self._status: int | None = None
        self._is_abandoned = False

    async def receive(self) -> Message:
        """Pass a message on, and note when the client goes away."""
        message = await self._receive()
        if message["type"] == "http.disconnect" and self._ended is None:
            self._is_abandoned = True
        return message

    async def send(self, message: Message) -> None:
        """Pass a message on, and note the status and the end."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
            if perf_counter() - self._started > PATIENCE and not self._is_abandoned:
                self._is_abandoned = await Request(self._scope, self._receive).is_disconnected()
        await self._send(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            self._ended = perf_counter()

    @property
    def duration_ms(self) -> float:
        """How long it took, to the last byte of the answer."""
        return round(((self._ended or perf_counter()) - self._started) * 1000, 1)

    def get_status(self, error: BaseException | None) -> int:
        """Return the status of the answer, or what stands for one that nobody got."""
        if self._is_abandoned or isinstance(error, ClientDisconnect):
            return CLIENT_GONE
        return self._status or 500

    @property
    def method(self) -> str:
        """The method; an invented one is the client's text, and no method."""
        method = str(self._scope["method"])
        return method if method in METHODS else "_OTHER"

    @property
    def route(self) -> str | None:
        """The template of the path: what is in its place may be an id, a name or a token.

        None if no route has such a path.
        """
        if (route := find_route(self._scope)) is not None:
            return route
        if "endpoint" not in self._scope:
            return None
        # A mounted app, or a route without parameters that is not FastAPI's.
        mount: str = self._scope.get("root_path", "")
        if mount != self._scope.get("app_root_path", mount):
            return f"{mount}/*"
        return None if self._scope.get("path_params") else str(self._scope["path"])


METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def find_route(scope: Mapping[str, Any]) -> str | None:
    """Find the template; of a route in an included router, FastAPI knows the whole one only here.

    ``scope["route"].path`` lacks the prefixes of the routers around it.
    """
    effective = scope.get("fastapi", {}).get("effective_route_context")
    route = effective or scope.get("route")
    return getattr(route, "path_format", None)
