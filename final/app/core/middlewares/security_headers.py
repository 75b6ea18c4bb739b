"""Headers that forbid browsers what no answer of ours needs."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Headers = tuple[tuple[bytes, bytes], ...]

HEADERS: Headers = (
    (b"x-content-type-options", b"nosniff"),  # JSON stays JSON, whatever it looks like
    (b"content-security-policy", b"frame-ancestors 'none'"),
    (b"x-frame-options", b"DENY"),  # the same, for old browsers
    (b"referrer-policy", b"no-referrer"),  # addresses of ours may hold tokens
)


class SecurityHeadersMiddleware:
    """Adds them to every answer that does not say otherwise itself.

    It belongs outside of everything, lest the answer to an unexpected error go without.
    """

    def __init__(self, app: ASGIApp, hsts_max_age: int = 0) -> None:
        self.app = app
        self._headers = HEADERS
        if hsts_max_age:
            self._headers += ((b"strict-transport-security", b"max-age=%d" % hsts_max_age),)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message.get("headers", ())
                names = {name.lower() for name, _ in given}
                missing = (header for header in self._headers if header[0] not in names)
                message["headers"] = [*given, *missing]
            await send(message)

        await self.app(scope, receive, send_safely)
