"""Lines that pull something into a page: ``::: code app/core/db/model.py::BaseModel step=01``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from workshop.errors import WorkshopError

MARK = ":::"

OPTIONS: Mapping[str, frozenset[str]] = {
    "code": frozenset({"step"}),
    "output": frozenset(),
    "message": frozenset(),
    "settings": frozenset(),
    "sessions": frozenset(),
    "commands": frozenset(),
    "steps": frozenset(),
    "decisions": frozenset(),
    "tasks": frozenset(),
    "bench": frozenset(),
    "mutants": frozenset(),
    "checks": frozenset(),
}
"""The kinds of directives with the options that each takes."""

WITH_ARGUMENT = frozenset({"code", "output", "message"})


@dataclass(frozen=True)
class Directive:
    """One line that begins with ``:::``."""

    kind: str
    argument: str
    options: Mapping[str, str]


def parse_directive(line: str) -> Directive | None:
    """Read a line; None when it is no directive.

    Raises:
        WorkshopError: an unknown kind or option, or a missing argument.

    """
    if not line.startswith(MARK):
        return None
    words = line.removeprefix(MARK).split()
    kind = words[0] if words else ""
    if kind not in OPTIONS:
        raise WorkshopError("docs-directive-kind", line=line, known=", ".join(OPTIONS))
    plain = [word for word in words[1:] if not _is_option(word)]
    options = dict(word.split("=", 1) for word in words[1:] if _is_option(word))
    if len(plain) != (kind in WITH_ARGUMENT):
        raise WorkshopError("docs-directive-argument", line=line, kind=kind)
    unknown = options.keys() - OPTIONS[kind]
    if unknown or not options.get("step", "1").isdecimal():
        raise WorkshopError("docs-directive-option", line=line, kind=kind)
    return Directive(kind, "".join(plain), options)


def _is_option(word: str) -> bool:
    return re.match(r"[a-z]+=", word) is not None
