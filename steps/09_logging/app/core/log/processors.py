"""What happens to a line before it is written, step by step. `app.core.log.init` has the order.

The names of fields are those of OpenTelemetry's semantic conventions where it has one.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from structlog.typing import EventDict, WrappedLogger

from app.core.log.masks import mask, mask_name
from app.core.log.tracebacks import format_exception

FIRST: Final = ("timestamp", "level", "message", "logger", "process", "request_id", "user_id")
"""What every line begins with, if it has it."""
LAST: Final = ("exception.type", "exception.stacktrace")
CLEAN: Final = frozenset(
    {
        "timestamp",
        "level",
        "logger",
        "process",
        "request_id",
        "user_id",
        "duration_ms",
        "client.address",
        "http.request.method",
        "http.route",
        "http.response.status_code",
        "task.id",
        "task.name",
        "task.status",
        "task.try",
    }
)
"""Fields that our own code fills with checked values: there is nothing to look for in them."""
INTERNAL: Final = ("_record", "_from_structlog", "color_message")
"""What structlog needs until now, and a copy of the message that uvicorn made for terminals."""


class AddProcess:
    """Says which process of the Procfile writes."""

    def __init__(self, process: str) -> None:
        self._process = process

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        """Add its name."""
        event["process"] = self._process
        return event


def add_timestamp(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Say when it happened: ISO 8601, in UTC, whatever the machine's clock shows."""
    when = datetime.fromtimestamp(event["_record"].created, UTC)
    event["timestamp"] = when.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return event


def describe_exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Make texts of the exception and of the stack."""
    record = event["_record"]
    given = event.pop("exc_info", None) or record.exc_info
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception.type"] = f"{type(error).__module__}.{type(error).__qualname__}"
        event["exception.stacktrace"] = format_exception(error)
    elif stack := event.pop("stack_info", None):
        event["exception.stacktrace"] = stack
    return event


def drop_internal(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Remove what is no part of the line."""
    for name in INTERNAL:
        event.pop(name, None)
    return event


def rename_event(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Call the sentence ``message``, as those who read logs expect."""
    event["message"] = event.pop("event", "")
    return event


def mask_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Hide secrets in all fields; afterwards JSON can hold every value."""
    for name in [name for name in event if name not in CLEAN]:
        event[mask_name(name)] = mask(str(name), event.pop(name))
    return event


def sort_fields(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Begin with what every line has, end with what is long."""
    first = {name: event.pop(name) for name in FIRST if name in event}
    last = {name: event.pop(name) for name in LAST if name in event}
    return first | dict(event) | last


def render_json(_logger: WrappedLogger, _method: str, event: Mapping[str, Any]) -> str:
    """Write one line of JSON; all that is not ASCII is escaped, so no line break is left."""
    return json.dumps(event, allow_nan=False)
