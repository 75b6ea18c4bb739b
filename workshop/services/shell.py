"""Addresses as lines for a shell or a ``.env`` file."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Mapping
from urllib.parse import unquote, urlsplit

from workshop.errors import WorkshopError


def _posix(name: str, value: str) -> str:
    return f"export {name}={shlex.quote(value)}"


def _powershell(name: str, value: str) -> str:
    return "$env:{} = '{}'".format(name, value.replace("'", "''"))


def _dotenv(name: str, value: str) -> str:
    quoted = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"{name}='{quoted}'"


FORMS: dict[str, Callable[[str, str], str]] = {
    "sh": _posix,
    "powershell": _powershell,
    "dotenv": _dotenv,
}


def default_form() -> str:
    """Return the form for this system's usual shell."""
    return "powershell" if sys.platform == "win32" else "sh"


def lines(variables: Mapping[str, str], form: str) -> list[str]:
    """Write variables down.

    Raises:
        WorkshopError: ``form`` is not one of ``FORMS``.

    """
    if form not in FORMS:
        raise WorkshopError("services-format", exit_code=2, asked=form, known=", ".join(FORMS))
    return [FORMS[form](name, value) for name, value in variables.items()]


def psql_variables(url: str) -> dict[str, str]:
    """Return what ``psql`` and ``pg_dump`` read: they do not know SQLAlchemy's addresses."""
    parts = urlsplit(url)
    found = {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
    }
    return {name: value for name, value in found.items() if value}
