"""Laying what the course changed over what the learner wrote: git's own three-way merge."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from workshop.layers.git import Repository
from workshop.workspace.files import Entry, Files

Kind = Literal["lines", "course-removed", "you-deleted", "whole"]

MARKER = b"<<<<<<<"
TESTS = "tests/"
"""The checks use the course's own copies, so there the course always wins."""

MOST_CONFLICTS = 127
"""Git counts conflicts in the exit code up to here; above it is an error."""


@dataclass(frozen=True)
class Conflict:
    """A file that the learner and the course both changed, differently."""

    path: str
    kind: Kind
    """``lines``: both are in the file, between markers. ``course-removed``: the course has no such
    file any more, the learner's stays. ``you-deleted``: the course's file is back. ``whole``: no
    text, the learner's stays."""
    line: int = 0
    """Where the first marker stands."""


def merge(base: Files, mine: Files, course: Files) -> tuple[dict[str, Entry], list[Conflict]]:
    """Merge per file: what only one side changed is taken, what both changed is merged by lines.

    Args:
        base: what both sides began with.
        mine: the learner's files.
        course: the course's.

    Returns:
        The merged files, and the conflicts in them.

    """
    merged: dict[str, Entry] = {}
    conflicts: list[Conflict] = []
    for path in sorted({*base, *mine, *course}):
        entry, conflict = _merge_one(path, base.get(path), mine.get(path), course.get(path))
        if entry is not None:
            merged[path] = entry
        if conflict is not None:
            conflicts.append(conflict)
    return merged, conflicts


def _merge_one(
    path: str, base: Entry | None, mine: Entry | None, course: Entry | None
) -> tuple[Entry | None, Conflict | None]:
    if mine in (base, course):
        return course, None
    if course == base:
        return mine, None
    if path.startswith(TESTS):
        return course, None
    if course is None:
        return mine, Conflict(path, "course-removed")
    if mine is None:
        return course, Conflict(path, "you-deleted")
    return _merge_lines(path, base or Entry(b""), mine, course)


def _merge_lines(
    path: str, base: Entry, mine: Entry, course: Entry
) -> tuple[Entry, Conflict | None]:
    if any(entry.link for entry in (base, mine, course)):
        return mine, Conflict(path, "whole")
    with tempfile.TemporaryDirectory() as folder:
        for name, entry in (("mine", mine), ("base", base), ("course", course)):
            (Path(folder) / name).write_bytes(entry.content)
        code, content, _ = Repository(Path(folder)).attempt(
            *("merge-file", "-p", "-L", "mine", "-L", "base", "-L", "course"),
            *("mine", "base", "course"),
        )
    if code < 0 or code > MOST_CONFLICTS:
        return mine, Conflict(path, "whole")
    entry = replace(mine, content=content)
    return entry, Conflict(path, "lines", next(marked_lines(content))) if code else None


def marked_lines(content: bytes) -> Iterator[int]:
    """Give the numbers of the lines where a conflict begins, counted from 1."""
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.startswith(MARKER):
            yield number
