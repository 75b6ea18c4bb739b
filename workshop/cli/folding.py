"""Lines that are broken between words, under their own beginnings."""

from __future__ import annotations

import textwrap

from rich.console import Console

NARROWEST = 30
"""Columns that text gets even in a tiny terminal."""


def fold_for(shown: Console, line: str, indent: int = 0, hang: int = 0) -> list[str]:
    """Break a line for a terminal, deeper lines under deeper beginnings; elsewhere leave it whole.

    Args:
        shown: where it will be shown.
        line: what to show.
        indent: columns that are taken on each line.
        hang: columns by which all but the first begin further right.

    """
    if not shown.is_terminal:
        return [line]
    room = max(shown.width - indent, NARROWEST)
    deeper = " " * (len(line) - len(line.lstrip()) + hang)
    return textwrap.wrap(
        line, room, subsequent_indent=deeper, break_long_words=False, break_on_hyphens=False
    ) or [""]
