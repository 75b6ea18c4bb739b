"""Statements that take too long leave a line, without their values."""

# ruff: noqa: INP001 - laid into a package of the app

import logging
from time import perf_counter
from typing import Any
from weakref import WeakSet

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine

logger = logging.getLogger(__name__)

STARTED = "slow_statements.started"

_watched: WeakSet[Engine] = WeakSet()


def watch_statements(engine: AsyncEngine, threshold: float) -> None:
    """Log each statement of this engine that takes ``threshold`` seconds or longer."""
    if engine.sync_engine in _watched:
        return
    _watched.add(engine.sync_engine)

    def begin(connection: Connection, *_: Any) -> None:  # noqa: ANN401 - not looked at
        connection.info[STARTED] = perf_counter()

    def end(connection: Connection, _cursor: object, statement: str, *_: Any) -> None:  # noqa: ANN401 - not looked at
        tell(connection, statement, threshold)

    def fail(context: ExceptionContext) -> None:
        if context.connection is not None and context.statement is not None:
            tell(context.connection, context.statement, threshold)

    event.listen(engine.sync_engine, "before_cursor_execute", begin)
    event.listen(engine.sync_engine, "after_cursor_execute", end)
    event.listen(engine.sync_engine, "handle_error", fail)


def tell(connection: Connection, statement: str, threshold: float) -> None:
    """Write the line, if it took so long; the statement is over."""
    started = connection.info.pop(STARTED, None)
    if started is None or (seconds := perf_counter() - started) < threshold:
        return
    extra = {"db.query.text": " ".join(statement.split()), "duration_ms": round(seconds * 1000, 1)}
    logger.warning("slow statement", extra=extra)
