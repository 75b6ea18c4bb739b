"""What a line looks like, for programs and for people."""

import io
import json
import logging
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.stdlib import get_logger

from app.core.configs.log import LogConfig, LogFormat
from app.core.log.console import COLOURS, escape
from app.core.log.context import bound_context
from app.core.log.init import ProcessHandler
from app.core.log.repeats import mark_logged
from app.core.log.tracebacks import is_library
from tests.fixtures.log import Lines, write_lines

logger = logging.getLogger("tests.lines")


def fail(message: str = "hush: password=swordfish") -> None:
    """Fail, and tell a secret."""
    raise RuntimeError(message)


def log_failure(message: str = "hush: password=swordfish") -> None:
    """Log a failure with its traceback."""
    try:
        fail(message)
    except RuntimeError:
        logger.exception("it failed")


def require_short(trace: str) -> None:
    """Of the error and of each of its causes, only the last frame may be a library's."""
    for part in trace.split("Traceback (most recent call last)")[1:]:
        *others, _ = re.findall(r'File "(.+)", line', part)
        whole = {path for path in others if Path(path).is_absolute()}  # compiled code names no file
        assert whole <= {__file__}


def test_line_has_its_fields_in_order(lines: Lines) -> None:
    """First what every line has, then what this one has."""
    with bound_context({"request_id": "abc-1"}):
        logger.info("%d rows", 7, extra={"rows": 7})
    (line,) = lines.read()
    (first, when), *others = line.items()
    assert first == "timestamp"
    assert abs((datetime.now(UTC) - datetime.fromisoformat(when)).total_seconds()) < 60
    assert others == [
        ("level", "info"),
        ("message", "7 rows"),
        ("logger", "tests.lines"),
        ("process", "test"),
        ("request_id", "abc-1"),
        ("rows", 7),
    ]


def test_exception_is_text_without_secrets(lines: Lines) -> None:
    """Its type is a field; of the frames those of the app are left, and the last."""
    log_failure()
    (line,) = lines.read()
    assert line["exception.type"] == "builtins.RuntimeError"
    trace = line["exception.stacktrace"]
    assert trace.startswith("Traceback")
    assert "in fail" in trace
    assert trace.endswith("RuntimeError: hush: password=***")


def test_stack_is_shown_where_there_is_no_exception(lines: Lines) -> None:
    """For who asks how the program came there."""
    logger.info("here", stack_info=True)
    (line,) = lines.read()
    assert line["exception.stacktrace"].startswith("Stack (most recent call last)")
    assert test_stack_is_shown_where_there_is_no_exception.__name__ in line["exception.stacktrace"]
    assert "stack_info" not in line


def test_copy_of_the_message_for_terminals_is_left_out(lines: Lines) -> None:
    """Uvicorn makes one."""
    logger.info("started", extra={"color_message": "\x1b[36mstarted\x1b[0m"})
    (line,) = lines.read()
    assert "color_message" not in line


@pytest.mark.parametrize(
    "statement",
    ["SELECT CAST(:x AS integer)", "SELECT CAST(CAST(:x AS text) AS integer)"],
    ids=["refused by asyncpg", "refused by PostgreSQL"],
)
async def test_error_of_the_database_hides_values(engine: AsyncEngine, statement: str) -> None:
    """SQLAlchemy shows parameters, and so do those below it; a short trace is left."""
    values = {"x": "swordfish"}
    with write_lines("tests.lines") as lines:
        try:
            async with engine.connect() as connection:
                await connection.execute(text(statement), values)
        except DBAPIError:
            logger.exception("no number")
    (line,) = lines.read()
    assert "[parameters: ***]" in line["exception.stacktrace"]
    assert "SELECT CAST" in line["exception.stacktrace"]
    require_short(line["exception.stacktrace"])
    assert "swordfish" not in lines.text


def test_causes_are_kept(lines: Lines) -> None:
    """What came first explains what came last, and so do the parts of a group; all are short."""
    try:
        try:
            json.loads("first")
        except ValueError as error:
            raise ExceptionGroup("both", [error, ValueError("second")]) from error
    except ExceptionGroup:
        logger.exception("it failed")
    (line,) = lines.read()
    trace = line["exception.stacktrace"]
    assert all(word in trace for word in ("JSONDecodeError", "second", "both"))
    require_short(trace)


def test_structlog_writes_the_same(lines: Lines) -> None:
    """For those who like its way to give values."""
    get_logger("tests.lines").info("%s happened", "it", token="swordfish", rows=7)
    (line,) = lines.read()
    assert (line["message"], line["logger"], line["level"]) == (
        "it happened",
        "tests.lines",
        "info",
    )
    assert (line["token"], line["rows"]) == ("***", 7)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028"])
@pytest.mark.parametrize("log_format", [LogFormat.CONSOLE, LogFormat.JSON])
def test_nobody_writes_a_line_of_their_own(log_format: LogFormat, newline: str) -> None:
    """Neither in a message nor in a value, nor in its name."""
    forged = f"ada{newline}12:00:00.000 info     root logged in"
    with write_lines("tests.lines", log_format) as lines:
        logger.info("hello %s", forged, extra={"name_": forged, forged: 1})
    assert len(lines.text.splitlines()) == 1


def test_console_shows_what_moves_the_cursor() -> None:
    """As a programmer would write it."""
    assert escape("a\nb\rc\td\x1be\x9b") == r"a\nb\rc\td\x1be\x9b"


def test_console_shows_what_turns_text_around() -> None:
    """And leaves a space that is none of the keyboard's: people write numbers with it."""
    turned = "\u202a\u202e"
    with write_lines("tests.lines", LogFormat.CONSOLE) as lines:
        logger.info("10\u202f000%s", turned)
    assert "10\u202f000\\u202a\\u202e" in lines.text


def test_generated_code_is_no_code_of_ours() -> None:
    """Like a library's: its frames tell nothing."""
    found = [is_library(name) for name in ("<string>", logging.__file__, httpx.__file__, __file__)]
    assert found == [True, True, True, False]


def test_console_shows_tracebacks_indented() -> None:
    """What begins with a time is a line of ours, whatever an exception says."""
    with write_lines("tests.lines", LogFormat.CONSOLE) as lines:
        log_failure("\n12:00:00.000 info     root logged in\x1b[2J")
    head, *rest = lines.text.splitlines()
    assert re.match(r"\d\d:\d\d:\d\d\.\d{3} error    it failed \[tests\.lines\]", head)
    assert rest[0] == "    Traceback (most recent call last):"
    assert all(line.startswith("    ") for line in rest)
    assert "\x1b" not in lines.text


def test_console_ends_with_ids() -> None:
    """They are long; what a person looks for comes before them."""
    context = bound_context({"request_id": "abc-1"})
    with write_lines("tests.lines", LogFormat.CONSOLE) as lines, context:
        logger.info("done", extra={"task.id": "t-1", "rows": 7})
    assert lines.text.endswith(" done rows=7 task.id=t-1 request_id=abc-1 [tests.lines]\n")


class Terminal(io.StringIO):
    """A stream that shows colours."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize(("no_color", "has_colours"), [("", True), ("1", False)])
def test_only_terminals_get_colours(
    monkeypatch: pytest.MonkeyPatch, no_color: str, *, has_colours: bool
) -> None:
    """And not when somebody does not want them (no-color.org)."""
    monkeypatch.setenv("NO_COLOR", no_color)
    for stream in (Terminal(), io.StringIO()):
        handler = ProcessHandler("test", LogConfig(LOG_FORMAT=LogFormat.CONSOLE), stream)
        handler.handle(logging.makeLogRecord({"msg": "hello", "levelname": "INFO", "name": "x"}))
        line, is_painted = stream.getvalue(), has_colours and stream.isatty()
        assert ("\x1b" in line) == is_painted
        assert (" \x1b[32minfo    \x1b[0m \x1b[1mhello\x1b[0m " in line) == is_painted


def test_every_level_has_a_colour() -> None:
    """Of its own."""
    levels = [logging.getLevelName(level).lower() for level in range(10, 51, 10)]
    assert sorted(COLOURS) == sorted(levels)
    assert len(set(COLOURS.values())) == len(levels)


class Broken:
    """Breaks whoever looks at it."""

    def __str__(self) -> str:
        """Fail."""
        raise RuntimeError("hush")

    __repr__ = __str__


@pytest.mark.parametrize("arguments", [("%d rows", "seven"), ("%s", Broken()), ("%s %s", "one")])
def test_line_that_cannot_be_made_stops_nobody(arguments: tuple[Any, ...]) -> None:
    """Another line says where in the code the mistake is."""
    with write_lines("tests.lines") as lines:
        logger.info(*arguments)
    (line,) = lines.read()
    assert (line["level"], line["logger"]) == ("error", "tests.lines")
    assert "test_lines.py:" in line["message"]
    assert "hush" not in lines.text


def test_closed_stream_stops_nobody() -> None:
    """Whoever read the log is gone."""
    with write_lines("tests.lines") as lines:
        lines.close()
        logger.info("hello")


def test_stream_that_cannot_show_a_letter_gets_its_number() -> None:
    """As on a Windows console."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    handler = ProcessHandler("test", LogConfig(LOG_FORMAT=LogFormat.CONSOLE), stream)
    handler.handle(logging.makeLogRecord({"msg": "привет", "levelname": "INFO", "name": "x"}))
    assert b"\\u043f\\u0440" in raw.getvalue()


def test_failure_is_told_once() -> None:
    """The server's line about a failure that has one is dropped, its other lines are not."""
    server = logging.getLogger("uvicorn.error")
    told, other = RuntimeError("told"), RuntimeError("other")
    with write_lines("uvicorn.error") as lines:
        mark_logged(told)
        server.error("told", exc_info=told)
        server.error("other", exc_info=other)
    (line,) = lines.read()
    assert line["message"] == "other"


def test_json_is_what_environments_but_local_get() -> None:
    """Unless the setting says otherwise."""
    assert not LogConfig(ENVIRONMENT="local").is_json
    assert LogConfig(ENVIRONMENT="production").is_json
    assert LogConfig(ENVIRONMENT="local", LOG_FORMAT="json").is_json
    assert not LogConfig(ENVIRONMENT="production", LOG_FORMAT="console").is_json


def test_level_is_read_in_any_case() -> None:
    """People write it both ways."""
    assert LogConfig(LOG_LEVEL="debug").LOG_LEVEL == "DEBUG"
    with pytest.raises(ValueError, match="LOG_LEVEL"):
        LogConfig(LOG_LEVEL="loud")


def test_structlog_is_configured() -> None:
    """By the import of the app."""
    assert structlog.is_configured()
