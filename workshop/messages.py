"""Messages in English and Russian, kept as Fluent resources in ``workshop/locales``."""

from __future__ import annotations

import locale
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

LANGUAGES = ("en", "ru")
LOCALES = Path(__file__).parent / "locales"

Value = str | int | float

LONGEST_VALUE = 2000
"""Characters of a value that a message shows: Fluent refuses values over 2,500."""

_chosen: str | None = None


def set_language(language: str) -> None:
    """Choose the language of every later message; ``language`` is one of ``LANGUAGES``."""
    global _chosen  # noqa: PLW0603 - one language per process, chosen once by the command line
    _chosen = language


def current_language() -> str:
    """Return the language in force: chosen, ``WORKSHOP_LANG``, or the machine's locale."""
    if _chosen is not None:
        return _chosen
    asked = [
        os.environ.get(name, "") for name in ("WORKSHOP_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    ]
    first = next(filter(None, asked), None) or locale.getlocale()[0] or "en"
    return "ru" if first.lower().startswith("ru") else "en"


@cache
def _places(language: str) -> dict[str, Path]:
    """Map the ids of a language's messages to the files that hold them."""
    return {
        found: path
        for path in sorted((LOCALES / language).glob("*.ftl"))
        for found in re.findall(r"(?m)^([a-z][a-z0-9-]*) *=", path.read_text(encoding="utf-8"))
    }


@cache
def _part(path: Path) -> FluentBundle:
    """Load one file: most commands speak out of few, and parsing all takes 0.2 s."""
    from fluent.runtime import FluentBundle, FluentResource  # noqa: PLC0415 - takes 0.1 s

    loaded = FluentBundle([path.parent.name], use_isolating=False)
    loaded.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return loaded


@cache
def bundle(language: str) -> FluentBundle:
    """Load every ``.ftl`` file of a language, once per process."""
    from fluent.runtime import FluentBundle, FluentResource  # noqa: PLC0415 - takes 0.1 s

    loaded = FluentBundle([language], use_isolating=False)
    for path in sorted((LOCALES / language).glob("*.ftl")):
        loaded.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return loaded


def text(message_id: str, /, **arguments: Value) -> str:
    """Format a message in the current language.

    Raises:
        LookupError: no such message, or the message uses an argument that was not given. Both are
            mistakes of ours, so they are never hidden behind the bare id.

    """
    language = current_language()
    place = _places(language).get(message_id)
    messages = _part(place) if place else bundle(language)
    pattern = messages.get_message(message_id).value if messages.has_message(message_id) else None
    if pattern is None:
        raise LookupError(f"no message {message_id!r} in workshop/locales/{language}")
    shown = {name: _shorten(value) for name, value in arguments.items()}
    formatted, errors = messages.format_pattern(pattern, shown)
    if errors:
        raise LookupError(f"message {message_id!r} in {language}: {errors}")
    return str(formatted)


def _shorten(value: Value) -> Value:
    """Keep the end of a long value: in logs and tracebacks, that is where the reason stands."""
    if isinstance(value, str) and len(value) > LONGEST_VALUE:
        return f"…{value[-LONGEST_VALUE:]}"
    return value
