"""Which Russian section was written for which English one, as hashes of both.

Either language may be the source: a section whose text changed in one language only is a change
that the other language has not heard of. After looking at both, a person confirms the page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from workshop.docs.outline import Section, read_sections
from workshop.docs.places import Page, docs_folder
from workshop.errors import WorkshopError
from workshop.layers.notes import Note
from workshop.project import Project

Pins = dict[str, list[list[str]]]
"""Page -> for each section in order: hash of the English text, hash of the Russian text."""

LENGTH = 12
"""Hexadecimal digits of a hash: enough to tell a few hundred sections apart."""


def ledger_path(project: Project) -> Path:
    """Say where the ledger is kept."""
    return docs_folder(project) / "ledger.json"


def read_ledger(project: Project) -> Pins:
    """Read the pinned pairs; an absent file pins nothing.

    Raises:
        WorkshopError: the file is no JSON.

    """
    path = ledger_path(project)
    if not path.is_file():
        return {}
    try:
        pins: Pins = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise WorkshopError("docs-ledger-broken", file=project.relative(path)) from error
    return pins


def write_ledger(project: Project, pins: Pins) -> None:
    """Write the pairs, one section a line, so that git merges them."""
    pages = [
        f"  {json.dumps(name)}: [\n"
        + ",\n".join(f"    {json.dumps(pair)}" for pair in pins[name])
        + "\n  ]"
        for name in sorted(pins)
    ]
    text = "{\n" + ",\n".join(pages) + "\n}\n"
    ledger_path(project).write_text(text, encoding="utf-8", newline="\n")


def pairs(english: Page, russian: Page) -> list[tuple[Section, Section]]:
    """Pair the sections of a page whose structure is the same in both languages."""
    return list(zip(read_sections(english.text), read_sections(russian.text), strict=True))


def pin(english: Page, russian: Page) -> list[list[str]]:
    """Hash the page as it is now."""
    return [[_hash(one), _hash(other)] for one, other in pairs(english, russian)]


def stale(
    project: Project, english: Page, russian: Page, pinned: list[list[str]]
) -> Iterator[Note]:
    """Find the sections that are no longer the pair that somebody confirmed."""
    now = pairs(english, russian)
    known = {tuple(pair) for pair in pinned}
    ours, theirs = {pair[0] for pair in known}, {pair[1] for pair in known}
    for one, other in now:
        first, second = _hash(one), _hash(other)
        if (first, second) in known:
            continue
        if first not in ours and second in theirs:
            message = "docs-stale-ru"
        elif first in ours and second not in theirs:
            message = "docs-stale-en"
        else:
            message = "docs-stale-both"
        yield Note(
            message,
            {
                "page": english.name,
                "first": f"{project.relative(english.path)}:{one.number}",
                "second": f"{project.relative(russian.path)}:{other.number}",
                "title": one.title or "—",
            },
        )


def _hash(section: Section) -> str:
    return hashlib.sha256(section.text.encode()).hexdigest()[:LENGTH]
