"""Lines for people."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from structlog.typing import WrappedLogger

TOLD: Final = frozenset(
    {
        *("timestamp", "level", "message", "logger", "process", "exception.stacktrace"),
        # The message says it already.
        *("http.request.method", "http.route", "http.response.status_code", "exception.type"),
        *("task.name", "task.status"),
    }
)
"""Fields that have a place of their own, or need none."""

IDS: Final = ("task.id", "request_id")
"""Long, and read by programs more than by people: they come last."""

DIM, BOLD, RESET = "\x1b[2m", "\x1b[1m", "\x1b[0m"
COLOURS: Mapping[str, str] = {
    "debug": "\x1b[2m",
    "info": "\x1b[32m",
    "warning": "\x1b[33m",
    "error": "\x1b[31m",
    "critical": "\x1b[1;31m",
}

CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}
CONTROL |= {ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}
CONTROL |= {code: f"\\u{code:04x}" for code in (0x2028, 0x2029, *range(0x202A, 0x202F))}
"""What moves the cursor, begins a line or turns text around: nobody writes a line into ours."""


def escape(value: object) -> str:
    """Show a text on one line."""
    return str(value).translate(CONTROL)


class ConsoleRenderer:
    """Writes the time, the level, the message, the rest; then the traceback, indented.

    So a line that begins with a time is ours, whatever an error says.
    """

    def __init__(self, *, has_colours: bool) -> None:
        self._has_colours = has_colours

    def __call__(self, _logger: WrappedLogger, _method: str, event: Mapping[str, Any]) -> str:
        """Write it."""
        return "\n".join((" ".join(self._head(event)), *self._traceback(event)))

    def _head(self, event: Mapping[str, Any]) -> Iterator[str]:
        level = str(event["level"])
        yield self._paint(DIM, event["timestamp"][11:-1])
        yield self._paint(COLOURS.get(level, BOLD), f"{level:<8}")
        yield self._paint(BOLD, escape(event["message"]))
        for name in (*(name for name in event if name not in IDS), *IDS):
            if name in event and name not in TOLD:
                yield self._paint(DIM, f"{escape(name)}=") + escape(event[name])
        yield self._paint(DIM, f"[{escape(event['logger'])}]")

    def _traceback(self, event: Mapping[str, Any]) -> Iterator[str]:
        for line in str(event.get("exception.stacktrace", "")).split("\n"):
            if line:
                yield f"    {escape(line)}"

    def _paint(self, colour: str, text: str) -> str:
        return f"{colour}{text}{RESET}" if self._has_colours else text
