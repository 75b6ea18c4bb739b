"""Long values in messages: Fluent refuses them, and nobody reads them."""

from __future__ import annotations

LONGEST = 200


def shorten(value: str) -> str:
    """Cut a value that a person or a file has given; an ellipsis shows that it goes on."""
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"
