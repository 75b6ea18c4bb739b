"""The answer that a test has got from the app, told when the test cannot make sense of it."""

# ruff: noqa: INP001 - the reporter imports it by itself, from its own folder

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from typing import Any

REFUSED = 400
"""The least status that refuses."""
MOST_MISTAKES = 3


class Answers:
    """Remembers the last answer that a test has got.

    A test that finds no field in it cannot say that the app has refused, and why.
    """

    def __init__(self) -> None:
        self.last: Any = None
        self.hears = False

    def listen(self) -> None:
        """Forget the last test; begin to listen as soon as the tests have imported httpx."""
        self.last = None
        httpx = sys.modules.get("httpx")
        if httpx is not None and not self.hears:
            self.hears = True
            httpx.Response.__init__ = self._heard(httpx.Response.__init__)
            httpx.Response.json = self._heard(httpx.Response.json)

    def _heard(self, method: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(method)
        def remember(answer: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever httpx takes
            self.last = answer
            return method(answer, *arguments, **named)

        return remember

    def refusal(self) -> dict[str, Any] | None:
        """Describe the last answer if it refuses: its status, and what its problem says."""
        status = getattr(self.last, "status_code", 0)
        if status < REFUSED:
            return None
        try:
            body = json.loads(self.last.content)
        except Exception:  # noqa: BLE001 - no JSON, or a stream that nobody has read
            body = None
        body = body if isinstance(body, dict) else {}
        mistakes = [mistake(one) for one in listed(body.get("errors"))[:MOST_MISTAKES]]
        detail = [one for one in (body.get("detail"), *mistakes) if isinstance(one, str)]
        return {"status": status, "code": str(body.get("code", "")), "detail": " ".join(detail)}


def listed(value: object) -> list[Any]:
    """Take a list as it is, and anything else as none."""
    return value if isinstance(value, list) else []


def mistake(error: object) -> str:
    """Name one field that was refused, and why."""
    if not isinstance(error, dict):
        return ""
    place = ".".join(str(part) for part in listed(error.get("loc")))
    return f"{place}: {error.get('message', '')}."
