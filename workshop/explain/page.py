"""Where a page of the course speaks of a task, named so that it can be opened from a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workshop.docs.directives import Directive, parse_directive
from workshop.docs.outline import Section, read_sections
from workshop.docs.places import SERVED_AT
from workshop.errors import WorkshopError
from workshop.messages import LANGUAGES, current_language
from workshop.project import Project
from workshop.targets import Target


@dataclass(frozen=True)
class Reading:
    """A page, or a section of it."""

    place: str
    """Path and line from the checkout's root: editors and many terminals open it."""
    title: str
    """The section's; empty when it is the whole page."""
    url: str
    """Where a browser has the page while ``workshop docs serve`` runs."""


def find_reading(project: Project, name: str, targets: Sequence[Target] = ()) -> Reading | None:
    """Find a page in the language in force, and the section that shows what a task is about.

    Args:
        project: the checkout.
        name: path of the page inside the folder of a language, such as ``steps/01_database.md``.
        targets: the definitions that the task writes.

    """
    language = current_language()
    path = project.root / "docs" / language / name
    try:
        written = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    section = _find_section(read_sections(written), targets)
    place = project.relative(path)
    prefix = "" if language == LANGUAGES[0] else f"{language}/"
    url = f"http://{SERVED_AT}/{prefix}{name.removesuffix('.md')}/"
    if section is None:
        return Reading(place, "", url)
    return Reading(f"{place}:{section.number}", section.title, url)


def _find_section(sections: Sequence[Section], targets: Sequence[Target]) -> Section | None:
    """Choose the section with the code that is closest to one of the targets; else none."""
    nearest, found = 0, None
    for section in sections:
        for shown in _shown_code(section):
            closeness = max((_closeness(shown, target) for target in targets), default=0)
            if closeness > nearest:
                nearest, found = closeness, section
    return found


def _shown_code(section: Section) -> Iterator[Target]:
    for item in section.items:
        if item.kind == "directive" and (directive := _parse(item.value)) is not None:
            path, _, definition = directive.argument.partition("::")
            yield Target(path, definition)


def _parse(line: str) -> Directive | None:
    try:
        directive = parse_directive(line)
    except WorkshopError:  # the check of the pages tells it to those who write them
        return None
    return directive if directive and directive.kind == "code" else None


def _closeness(shown: Target, target: Target) -> int:
    """Rate code on a page: 3 is the definition, 2 what holds it or lies in it, 1 its file."""
    if shown.path != target.path:
        return 0
    if shown.name == target.name:
        return 3
    around = f"{target.name}.".startswith(f"{shown.name}.") or not shown.name
    return 2 if around or shown.name.startswith(f"{target.name}.") else 1
