"""What the tests of the middlewares share."""

from tests.core.middlewares.sandbox import client, lines

__all__ = ["client", "lines"]
