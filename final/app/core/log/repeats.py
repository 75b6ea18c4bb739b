"""One failure, one line."""

import logging
from contextvars import ContextVar
from typing import Final

OUTER: Final = frozenset({"uvicorn.error", "app.core.api.handlers"})
"""Loggers around the middlewares: what a request fails with reaches them after it was logged."""

_logged: ContextVar[BaseException | None] = ContextVar("logged", default=None)


def mark_logged(error: BaseException) -> None:
    """Remember that the failure of this request has its line, with the traceback."""
    _logged.set(error)


def is_news(record: logging.LogRecord) -> bool:
    """Tell whether a line is worth writing: a filter for the handler."""
    logged = _logged.get()
    if logged is None or record.name not in OUTER:
        return True
    return record.exc_info is not None and record.exc_info[1] is not logged
