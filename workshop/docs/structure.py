"""What both languages of a page must share."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.docs.outline import Item, Section, read_sections
from workshop.docs.places import Page
from workshop.layers.notes import Note
from workshop.messages import text
from workshop.project import Project


def compare_trees(english: dict[str, Page], russian: dict[str, Page]) -> Iterator[Note]:
    """Find pages that exist in one language only."""
    for name in sorted(english.keys() ^ russian.keys()):
        missing = "ru" if name in english else "en"
        yield Note("docs-page-missing", {"page": name, "language": missing})


def compare(project: Project, english: Page, russian: Page) -> list[Note]:
    """Find where the two languages of a page differ in structure.

    Headings come first: when they differ, nothing below can be told apart reliably.
    """
    ours, theirs = read_sections(english.text), read_sections(russian.text)
    files = {"first": project.relative(english.path), "second": project.relative(russian.path)}
    levels = [section.level for section in ours], [section.level for section in theirs]
    if levels[0] != levels[1]:
        return [_headings(ours, theirs, files)]
    return [
        note
        for one, other in zip(ours, theirs, strict=True)
        for note in _sections(one, other, files)
    ]


def _headings(ours: list[Section], theirs: list[Section], files: dict[str, str]) -> Note:
    for one, other in zip(ours, theirs, strict=False):
        if one.level != other.level:
            return _note("docs-headings-level", one, other, files)
    longer, where = (ours, "first") if len(ours) > len(theirs) else (theirs, "second")
    extra = longer[min(len(ours), len(theirs))]
    return Note(
        "docs-headings-extra",
        {
            "title": extra.title,
            "line": str(extra.number),
            "file": files[where],
            "other": files["second" if where == "first" else "first"],
        },
    )


def _sections(one: Section, other: Section, files: dict[str, str]) -> Iterator[Note]:
    if one.identifier != other.identifier:
        yield _note("docs-anchor-differs", one, other, files)
    for kind in dict.fromkeys(item.kind for item in (*one.items, *other.items)):
        note = _items(kind, one, other, files)
        if note is not None:
            yield note


def _items(kind: str, one: Section, other: Section, files: dict[str, str]) -> Note | None:
    """Compare the things of one kind in a section; the first difference is enough."""
    ours, theirs = _of_kind(kind, one), _of_kind(kind, other)
    what = text(f"docs-kind-{kind}")
    for mine, yours in zip(ours, theirs, strict=False):
        if mine.value != yours.value:
            shown = {**files, "what": what, "line": str(mine.number), "other": str(yours.number)}
            return Note("docs-item-differs", shown)
    if len(ours) == len(theirs):
        return None
    lines = {"line": str(one.number), "other": str(other.number)}
    counts = {"here": len(ours), "there": len(theirs)}
    return Note("docs-item-count", {**files, "what": what, **lines, **counts})


def _of_kind(kind: str, section: Section) -> list[Item]:
    found = [item for item in section.items if item.kind == kind]
    # A sentence may name things in another order in another language.
    return _sorted(found) if kind in {"link", "image"} else found


def _sorted(items: list[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.value)


def _note(message: str, one: Section, other: Section, files: dict[str, str]) -> Note:
    return Note(message, {**files, "line": str(one.number), "other": str(other.number)})
