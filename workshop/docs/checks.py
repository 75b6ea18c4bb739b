"""Everything that the pages must hold before the site is built."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from workshop.docs import ledger, structure
from workshop.docs.course import Course
from workshop.docs.directives import parse_directive
from workshop.docs.outline import fences
from workshop.docs.outputs import (
    lost_proofs,
    output_path,
    read_commands,
    shown_commands,
    used_outputs,
)
from workshop.docs.places import Page, docs_folder
from workshop.errors import WorkshopError
from workshop.layers.notes import Note
from workshop.messages import LANGUAGES
from workshop.project import Project

LONGEST_PASTED = 3
"""Lines of Python that prose may hold by itself; more is pulled from a step."""

PYTHON = frozenset({"python", "py", "python3"})


def check(course: Course) -> list[Note]:
    """Find everything that is wrong with the pages."""
    english, russian = (course.pages[language] for language in LANGUAGES)
    both = sorted(english.keys() & russian.keys())
    return [
        *structure.compare_trees(english, russian),
        *(note for name in both for note in _pair(course.project, english[name], russian[name])),
        *_unpinned(course, both),
        *(
            note
            for pages in (english, russian)
            for page in pages.values()
            for note in _page(course.project, page)
        ),
        *_unused(course),
        *_proofs(course.project),
        *_outputs(course.project),
    ]


def confirm(course: Course, name: str) -> Note:
    """Pin both languages of a page as they are now: somebody has compared them.

    Raises:
        WorkshopError: no such page, or its structure differs, so that there is nothing to pin.

    """
    name = _page_name(course, name)
    english, russian = (course.pages[language].get(name) for language in LANGUAGES)
    if english is None or russian is None:
        raise WorkshopError("docs-page-unknown", exit_code=2, page=name)
    wrong = structure.compare(course.project, english, russian)
    if wrong:
        raise WorkshopError("docs-confirm-structure", page=name, problem=str(wrong[0]))
    pins = ledger.read_ledger(course.project)
    now = ledger.pin(english, russian)
    if pins.get(name) == now:
        return Note("docs-confirmed-before", {"page": name}, trouble=False)
    gone = pins.keys() - course.pages["en"].keys()
    kept = {page: pinned for page, pinned in pins.items() if page not in gone}
    ledger.write_ledger(course.project, {**kept, name: now})
    return Note("docs-confirmed", {"page": name}, trouble=False)


def _page_name(course: Course, asked: str) -> str:
    """Accept ``steps/01_database``, ``docs/ru/steps/01_database.md`` and what lies between."""
    path = asked.replace("\\", "/")
    for pages in course.pages.values():
        for page in pages.values():
            if path == course.project.relative(page.path):
                return page.name
    return path if path.endswith(".md") else f"{path}.md"


def _pair(project: Project, english: Page, russian: Page) -> Iterator[Note]:
    different = structure.compare(project, english, russian)
    yield from different
    pinned = ledger.read_ledger(project).get(english.name)
    # A page that nobody has confirmed yet is reported once, not section by section.
    if pinned is not None and not any(
        note.message_id.startswith("docs-head") for note in different
    ):
        yield from ledger.stale(project, english, russian, pinned)


def _unpinned(course: Course, names: list[str]) -> Iterator[Note]:
    pins = ledger.read_ledger(course.project)
    for name in names:
        if name not in pins:
            yield Note("docs-unconfirmed", {"page": name})
    for name in sorted(pins.keys() - course.pages["en"].keys()):
        yield Note("docs-ledger-page", {"page": name})


def _page(project: Project, page: Page) -> Iterator[Note]:
    shown = project.relative(page.path)
    for fence in fences(page.text):
        if fence.language in PYTHON and len(fence.lines) > LONGEST_PASTED:
            yield Note(
                "docs-pasted",
                {
                    "file": shown,
                    "line": str(fence.number),
                    "count": len(fence.lines),
                    "longest": LONGEST_PASTED,
                },
            )
        for position, line in enumerate(fence.lines, start=1):
            if line.startswith(":::") and fence.language != "markdown" and _is_directive(line):
                yield Note("docs-fenced", {"file": shown, "line": str(fence.number + position)})
    known = read_commands(project)
    for number, command in shown_commands(page):
        if command not in known:
            yield Note(
                "docs-command-unknown", {"file": shown, "line": str(number), "command": command}
            )


def _is_directive(line: str) -> bool:
    try:
        return parse_directive(line) is not None
    except WorkshopError:
        return False


def _unused(course: Course) -> Iterator[Note]:
    shown = {
        command
        for pages in course.pages.values()
        for page in pages.values()
        for _, command in shown_commands(page)
    }
    for command in read_commands(course.project):
        if command not in shown:
            yield Note("docs-command-unused", {"command": command})


def _proofs(project: Project) -> Iterator[Note]:
    for command in lost_proofs(project):
        wanted = command.found or command.shown
        yield Note("docs-proof-lost", {"command": wanted, "file": command.proof})


def _outputs(project: Project) -> Iterator[Note]:
    for command in read_commands(project).values():
        languages = LANGUAGES if command.spoken else LANGUAGES[:1]
        for name, language in product(command.outputs, languages):
            path = output_path(project, name, language, spoken=command.spoken)
            if not path.is_file():
                shown = {"file": project.relative(path), "name": name}
                yield Note("docs-output-unrecorded", shown)
    kept = {path.stem for path in (docs_folder(project) / "outputs").rglob("*.txt")}
    for name in sorted(kept - used_outputs(project)):
        yield Note("docs-output-unused", {"name": name})
