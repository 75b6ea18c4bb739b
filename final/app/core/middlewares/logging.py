"""One line per request."""

import logging
from asyncio import CancelledError
from collections.abc import Sequence
from contextlib import suppress

from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.api.client import Network, get_client
from app.core.log.masks import mask_address
from app.core.log.repeats import mark_logged
from app.core.middlewares.exchange import CLIENT_GONE, Exchange

logger = logging.getLogger(__name__)

QUIET = frozenset({"/health/live", "/health/ready"})
"""Routes that somebody asks every few seconds: not worth a line while all is well."""


class LoggingMiddleware:
    """Says what was asked for, by whom, what the answer was, and how long it took.

    It comes after `ContextMiddleware`, so that the line has the id. Neither paths nor queries are
    in it: they may hold secrets.
    """

    def __init__(self, app: ASGIApp, trusted_proxies: Sequence[Network] = ()) -> None:
        self.app = app
        self._trusted_proxies = trusted_proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = Exchange(scope, receive, send)
        try:
            await self.app(scope, exchange.receive, exchange.send)
        except BaseException as error:
            mark_logged(error)
            with suppress(Exception):  # a line is never worth a request
                self._log(scope, exchange, error)
            raise
        with suppress(Exception):
            self._log(scope, exchange)

    def _log(self, scope: Scope, exchange: Exchange, error: BaseException | None = None) -> None:
        status = exchange.get_status(error)
        route = exchange.route
        level = get_level(status, route, error)
        if not logger.isEnabledFor(level):
            return
        extra: dict[str, object] = {
            "http.request.method": exchange.method,
            **({} if route is None else {"http.route": route}),
            "http.response.status_code": status,
            "duration_ms": exchange.duration_ms,
            "client.address": mask_address(self._find_client(scope)),
        }
        logger.log(
            level,
            "%s %s %d",
            exchange.method,
            route or "(no such path)",
            status,
            exc_info=error if level == logging.ERROR else None,
            extra=extra,
        )

    def _find_client(self, scope: Scope) -> str:
        if self._trusted_proxies:
            return get_client(HTTPConnection(scope), self._trusted_proxies)
        peer = scope.get("client")  # nobody else is believed, so there is nothing to work out
        return str(peer[0]) if peer else "unknown"


def get_level(status: int, route: str | None, error: BaseException | None) -> int:
    """Choose by who has to do something: nobody, somebody some day, somebody now."""
    if isinstance(error, CancelledError):
        return logging.WARNING  # the server stops, and does not wait any longer
    if error is not None and not isinstance(error, ClientDisconnect):
        return logging.ERROR
    if status >= 500:  # noqa: PLR2004 - a 503: it was foreseen, and is told to come again
        return logging.WARNING
    if route in QUIET and status != CLIENT_GONE:
        return logging.DEBUG
    return logging.INFO
