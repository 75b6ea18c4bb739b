"""The condition at a line of a test, as it is written: all lines of it, and not only the first."""

# ruff: noqa: INP001 - the reporter imports it by itself, from its own folder

from __future__ import annotations

import ast
import functools
import linecache
import textwrap
from pathlib import Path

LONGEST = 12
"""Lines that are told."""
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def condition(path: Path, line: int) -> str:
    """Show the statement at a line, and the next assertion of its function unless it is one."""
    known = statements(path)
    around = [one for one in known if one.lineno <= line <= last_line(one)]
    if not around:
        return ""
    here = min(around, key=lambda one: last_line(one) - one.lineno)
    shown = code(path, here)
    after = sorted((one for one in known if one.lineno > last_line(here)), key=first_line)
    told = next((one for one in after if isinstance(one, (ast.Assert, *DEFINITIONS))), None)
    if isinstance(told, ast.Assert) and not isinstance(here, (ast.Assert, *DEFINITIONS)):
        shown += [*([] if told is after[0] else ["…"]), *code(path, told)]
    return "\n".join(shown[:LONGEST] + ["…"] * (len(shown) > LONGEST))


def code(path: Path, one: ast.stmt) -> list[str]:
    """Give the lines of a statement; of one that holds others, only its head."""
    lines = linecache.getlines(str(path))[one.lineno - 1 : last_line(one)]
    return textwrap.dedent("".join(lines)).rstrip().splitlines()


@functools.cache
def statements(path: Path) -> list[ast.stmt]:
    """List a module's statements."""
    module = ast.parse("".join(linecache.getlines(str(path))))
    return [node for node in ast.walk(module) if isinstance(node, ast.stmt)]


def first_line(one: ast.stmt) -> int:
    """Return where a statement begins."""
    return one.lineno


def last_line(one: ast.stmt) -> int:
    """Return where a statement ends, or the head of one that holds others."""
    body = getattr(one, "body", None)
    return max(one.lineno, body[0].lineno - 1 if body else one.end_lineno or one.lineno)
