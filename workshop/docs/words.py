"""Messages in a language that is named, not the one that the terminal speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workshop.errors import WorkshopError
from workshop.messages import Value, bundle

if TYPE_CHECKING:
    from fluent.runtime.resolver import Pattern


def say(language: str, message_id: str, /, **arguments: Value) -> str:
    """Format a message of ``workshop/locales`` in a language.

    Raises:
        LookupError: no such message, or an argument is missing; a mistake of ours.

    """
    pattern = _pattern(language, message_id)
    if pattern is None:
        raise LookupError(f"no message {message_id!r} in workshop/locales/{language}")
    formatted, errors = bundle(language).format_pattern(pattern, arguments)
    if errors:
        raise LookupError(f"message {message_id!r} in {language}: {errors}")
    return str(formatted)


def translated(language: str, message_id: str, english: str) -> str:
    """Return the message, or the English text that stands in the repository itself."""
    return say(language, message_id) if _pattern(language, message_id) else english


def template(language: str, message_id: str) -> str:
    """Return a message with dots where a run would put its values.

    Raises:
        WorkshopError: there is no such message.

    """
    pattern = _pattern(language, message_id)
    if pattern is None:
        raise WorkshopError("docs-message-unknown", message=message_id)
    # The first try tells which values the message wants.
    _, errors = bundle(language).format_pattern(pattern, {})
    wanted = [str(error).rpartition(" ")[2] for error in errors]
    formatted, _ = bundle(language).format_pattern(pattern, dict.fromkeys(wanted, "…"))
    return str(formatted)


def _pattern(language: str, message_id: str) -> Pattern | None:
    messages = bundle(language)
    return messages.get_message(message_id).value if messages.has_message(message_id) else None
