"""Where a page of the course speaks of a task, named so that it can be opened from a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from workshop.docs.directives import Directive, parse_directive
from workshop.docs.outline import Section, read_sections
from workshop.docs.places import SERVED_AT
from workshop.errors import WorkshopError
from workshop.messages import LANGUAGES, current_language
from workshop.project import Project
from workshop.targets import Target

CHAPTER = 2
"""Level of the headings that part a page."""


@dataclass(frozen=True)
class Reading:
    """A page, or a section of it."""

    place: str
    """Path and line from the checkout's root: editors and many terminals open it."""
    title: str
    """The section's; empty when it is the whole page."""
    url: str
    """Where a browser has the page while ``workshop docs serve`` runs."""


Choose = Callable[[Sequence[Section]], Section | None]


def find_page(project: Project, name: str) -> Reading | None:
    """Find a page in the language in force, such as ``steps/01_database.md``; None without it."""
    return _read(project, name, lambda _sections: None)


def find_idea(project: Project, name: str) -> Reading | None:
    """Find what stands before the tasks on the page of a step: it explains, and holds no answer."""
    return _read(project, name, _before_the_tasks)


def find_code(project: Project, name: str, targets: Sequence[Target]) -> Reading | None:
    """Find the section with the code of some definitions: it holds the answer, and explains it."""
    return _read(project, name, lambda sections: _nearest(sections, targets))


def _read(project: Project, name: str, choose: Choose) -> Reading | None:
    language = current_language()
    path = project.root / "docs" / language / name
    try:
        written = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    section = choose(read_sections(written))
    place = project.relative(path)
    prefix = "" if language == LANGUAGES[0] else f"{language}/"
    url = f"http://{SERVED_AT}/{prefix}{name.removesuffix('.md')}/"
    if section is None:
        return Reading(place, "", url)
    return Reading(f"{place}:{section.number}", section.title, url)


def _before_the_tasks(sections: Sequence[Section]) -> Section | None:
    """Choose the chapter right before the one in which the tasks are told."""
    chapters = [section for section in sections if section.level == CHAPTER]
    for section in sections:
        if any(directive.kind == "tasks" for directive in _directives(section)):
            before = [one for one in chapters if one.number < section.number]
            return before[-1] if before else None
    return None


def _nearest(sections: Sequence[Section], targets: Sequence[Target]) -> Section | None:
    """Choose the section with the code that is closest to one of the targets."""
    nearest, found = 0, None
    for section in sections:
        for shown in _shown_code(section):
            closeness = max((_closeness(shown, target) for target in targets), default=0)
            if closeness > nearest:
                nearest, found = closeness, section
    return found


def _shown_code(section: Section) -> Iterator[Target]:
    for directive in _directives(section):
        if directive.kind == "code":
            path, _, definition = directive.argument.partition("::")
            yield Target(path, definition)


def _directives(section: Section) -> Iterator[Directive]:
    for item in section.items:
        # A mistake in one is told to those who write the pages, by the check of the pages.
        with suppress(WorkshopError):
            if item.kind == "directive" and (found := parse_directive(item.value)):
                yield found


def _closeness(shown: Target, target: Target) -> int:
    """Rate code on a page: 3 is the definition, 2 what holds it or lies in it, 1 its file."""
    if shown.path != target.path:
        return 0
    if shown.name == target.name:
        return 3
    around = f"{target.name}.".startswith(f"{shown.name}.") or not shown.name
    return 2 if around or shown.name.startswith(f"{target.name}.") else 1
