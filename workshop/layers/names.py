"""Which paths a layer may hold: those that mean the same file on Linux, macOS and Windows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

CACHES = frozenset(
    {
        ".DS_Store",
        ".import_linter_cache",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        "__pycache__",
    }
)
"""Leftovers that nobody would miss."""

IGNORED = CACHES | {".coverage", ".env", ".hypothesis", ".idea", ".venv", ".vscode"}
"""Leftovers of running an app in place; the root's ``.gitignore`` names the same."""

IGNORED_ENDINGS = (".pyc", ".pyo", ".egg-info")

RESERVED = frozenset({".git", ".workshop"})
"""Names that git and the tool keep for themselves inside a composed tree."""

# The last range is how Python shows bytes of a name that are not UTF-8.
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\ud800-\udfff]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com[1-9]|lpt[1-9])\s*(\.|$)", re.IGNORECASE)


def is_ignored(name: str) -> bool:
    """Whether a file or directory of this name is a leftover, never a part of a layer."""
    return name in IGNORED or name.endswith(IGNORED_ENDINGS)


def is_cache(name: str) -> bool:
    """Whether a file or directory of this name may be deleted with the directory it lies in."""
    return name in CACHES or name.endswith(".pyc")


def is_relative(path: str) -> bool:
    """Whether a path stays inside the app: no root, no drive, no ``.``, no ``..``, no backslash."""
    parts = path.split("/")
    return not ("\\" in path or re.match("[A-Za-z]:", path) or {"", ".", ".."} & set(parts))


def refused_part(path: str) -> str | None:
    """Return the first part of a path that Windows, git or the tool cannot take, or None."""
    for part in path.split("/"):
        if (
            part.casefold() in RESERVED
            or _FORBIDDEN.search(part)
            or _DEVICE.match(part)
            or part.endswith((".", " "))
        ):
            return part
    return None


def printable(path: str) -> str:
    """Show a path whatever bytes its name has."""
    return path.encode("utf-8", "replace").decode("utf-8")


def clash(paths: Iterable[str]) -> tuple[str, str] | None:
    """Find two paths that some file systems cannot hold at once, or None.

    Either they (or their directories) differ only in case or in the way an accent is encoded, or
    one is a file and the other lies in a directory of the same name.
    """
    seen: dict[str, tuple[str, str]] = {}
    for path in paths:
        # A directory is spelled with the slash at its end, so that it differs from a file.
        spelled = path
        while spelled:
            known, owner = seen.setdefault(_folded(spelled.rstrip("/")), (spelled, path))
            if known != spelled:
                return owner, path
            if owner != path:
                break
            spelled = spelled.rstrip("/").rpartition("/")[0]
            spelled = spelled and f"{spelled}/"
    return None


def _folded(path: str) -> str:
    return path if path.isascii() and path.islower() else _unicode_folded(path)


def _unicode_folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
