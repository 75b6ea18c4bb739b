"""The id of a request, in its lines and in its answer."""

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.api.request_id import HEADER, get_request_id
from app.core.log.context import REQUEST_ID, bound_context


class ContextMiddleware:
    """Binds the id while the request runs, and sends it back. It comes before all others."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        request_id = get_request_id(HTTPConnection(scope))

        async def send_with_id(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.accept"}:
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        with bound_context({REQUEST_ID: request_id}):
            await self.app(scope, receive, send_with_id)
