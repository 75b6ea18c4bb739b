"""What every request passes on its way to a route and back."""

from app.core.middlewares.context import ContextMiddleware
from app.core.middlewares.logging import LoggingMiddleware

__all__ = ["ContextMiddleware", "LoggingMiddleware"]
