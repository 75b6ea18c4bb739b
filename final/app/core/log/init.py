"""The one place where logging is set up; every entry point calls it first."""

import logging
import os
import sys
import threading
from types import TracebackType
from typing import TextIO

import structlog
from structlog.contextvars import merge_contextvars
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import Processor

from app.core.configs.log import LogConfig
from app.core.log.console import ConsoleRenderer
from app.core.log.handler import LogHandler
from app.core.log.processors import (
    AddProcess,
    add_timestamp,
    describe_exception,
    drop_internal,
    mask_secrets,
    rename_event,
    render_json,
    sort_fields,
)
from app.core.log.repeats import is_news

logger = logging.getLogger(__name__)

GATHER: tuple[Processor, ...] = (merge_contextvars, add_log_level, add_logger_name)
"""What a line knows when it is written, whichever library writes it."""

SPEAK_THROUGH_US = ("uvicorn", "taskiq", "sqlalchemy", "alembic")
"""Loggers that have handlers of their own by now: theirs go, the root's handler writes."""

ADD_HANDLERS_LATER = ("faststream", "faststream.access.redis")
"""FastStream gives these a handler when it starts, unless they have one."""

SILENT = ("uvicorn.access",)
"""`LoggingMiddleware` writes the line of a request; uvicorn asks for handlers, and finds none."""


def configure_logging(
    process: str, config: LogConfig | None = None, stream: TextIO | None = None
) -> None:
    """Let all loggers of this process write in one format; a second call replaces the first.

    Args:
        process: its name in the Procfile.
        config: without, read from the environment.
        stream: where to; without, the standard output, as whoever collects logs expects.

    Raises:
        pydantic.ValidationError: a setting is wrong.

    """
    config = config or LogConfig()
    take_over(ProcessHandler(process, config, stream))
    logging.getLogger().setLevel(config.LOG_LEVEL)
    logging.captureWarnings(capture=True)
    sys.excepthook = log_uncaught
    threading.excepthook = log_uncaught_in_thread
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *GATHER,
            structlog.stdlib.PositionalArgumentsFormatter(),
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


class ProcessHandler(LogHandler):
    """Writes the lines of a process; the commands of Alembic find it in ``alembic.ini``."""

    def __init__(
        self, process: str, config: LogConfig | None = None, stream: TextIO | None = None
    ) -> None:
        super().__init__(stream or sys.stdout)
        is_terminal = self.stream.isatty()
        self.setFormatter(create_formatter(process, config or LogConfig(), is_terminal=is_terminal))
        self.addFilter(is_news)


def create_formatter(process: str, config: LogConfig, *, is_terminal: bool) -> ProcessorFormatter:
    """Make what turns a record into a line."""
    has_colours = is_terminal and not os.environ.get("NO_COLOR")
    return ProcessorFormatter(
        foreign_pre_chain=(*GATHER, ExtraAdder()),
        processors=(
            AddProcess(process),
            add_timestamp,
            describe_exception,
            drop_internal,
            rename_event,
            mask_secrets,
            sort_fields,
            render_json if config.is_json else ConsoleRenderer(has_colours=has_colours),
        ),
    )


def take_over(handler: LogHandler) -> None:
    """Write what others would have written, and what was ours before; leave pytest's handlers."""
    root = logging.getLogger()
    for old in tuple(root.handlers):
        if isinstance(old, LogHandler) or type(old) is logging.StreamHandler:
            root.removeHandler(old)
    root.addHandler(handler)
    for name in SPEAK_THROUGH_US:
        set_handlers(name, propagate=True)
    for name in ADD_HANDLERS_LATER:
        set_handlers(name, handler, propagate=False)
    for name in SILENT:
        set_handlers(name, propagate=False)


def set_handlers(name: str, *handlers: logging.Handler, propagate: bool) -> None:
    """Give a logger these handlers and no others."""
    logger = logging.getLogger(name)
    logger.handlers[:] = handlers
    logger.propagate = propagate


def log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log what ends the process; asyncio does the same by itself for tasks that nobody awaits."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logger.critical("uncaught %s", kind.__name__, exc_info=error)


def log_uncaught_in_thread(arguments: threading.ExceptHookArgs) -> None:
    """Log what ends a thread."""
    if arguments.exc_value is not None and arguments.exc_type is not SystemExit:
        name = arguments.exc_type.__name__
        logger.error("uncaught %s in a thread", name, exc_info=arguments.exc_value)
