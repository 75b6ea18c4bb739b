"""FastAPI, with an outside."""

from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp


class Application(FastAPI):
    """FastAPI whose outermost middlewares also see the answer to an unexpected error.

    Starlette writes that one outside of all middlewares that are added the usual way. Without the
    headers for other origins, a browser would show its script a network error in place of a 500.
    """

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - FastAPI's own
        super().__init__(**settings)
        self._outermost: list[tuple[type[Any], dict[str, Any]]] = []

    def add_outermost(self, middleware: type[Any], **options: Any) -> None:  # noqa: ANN401 - its own
        """Put a middleware around everything, those before it included."""
        self._outermost.append((middleware, options))

    def build_middleware_stack(self) -> ASGIApp:
        """Build it, when the first request or the start of the server asks for it."""
        stack = super().build_middleware_stack()
        for middleware, options in self._outermost:
            stack = middleware(stack, **options)
        return stack
