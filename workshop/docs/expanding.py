"""From a page as a person writes it to plain Markdown: directives filled in, anchors named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from workshop.docs import reference
from workshop.docs.course import Course
from workshop.docs.directives import Directive, parse_directive
from workshop.docs.durations import durations
from workshop.docs.measured import measured
from workshop.docs.outline import Fence, Line, read_sections, split
from workshop.docs.outputs import read_output
from workshop.docs.places import Page
from workshop.docs.snippets import code, fence
from workshop.docs.strength import strength
from workshop.docs.tasks import tasks
from workshop.docs.words import template
from workshop.errors import WorkshopError

Renderer = Callable[[Course, Page, Directive], str]

PROSE = " { .text .wrap }"
"""What the tool says to people has long lines: they wrap."""


def output(course: Course, page: Page, directive: Directive) -> str:
    """Render ``::: output NAME`` as the recorded text."""
    text, is_prose = read_output(course.project, directive.argument, page.language)
    return fence(text, PROSE if is_prose else "text")


def message(_course: Course, page: Page, directive: Directive) -> str:
    """Render ``::: message ID`` as the tool prints it, with dots for its values."""
    return fence(template(page.language, directive.argument), PROSE)


RENDERERS: Mapping[str, Renderer] = {
    "code": code,
    "output": output,
    "message": message,
    "settings": reference.settings,
    "sessions": reference.sessions,
    "commands": reference.commands,
    "steps": reference.steps,
    "decisions": reference.decisions,
    "tasks": tasks,
    "bench": measured,
    "mutants": strength,
    "checks": durations,
}


def expand(course: Course, page: Page) -> str:
    """Fill in the directives of a page and give its headings the anchors of the English page.

    Raises:
        WorkshopError: a directive cannot be filled in; the error names the file and the line.

    """
    source = page.text.splitlines()
    anchors = _anchors(course, page)
    made: list[str] = []
    for part in split(page.text):
        last = part.number + (len(part.lines) + 1 if isinstance(part, Fence) else 0)
        if part.number in anchors and isinstance(part, Line):
            made.append(f"{part.text} {{ #{anchors[part.number]} }}")
        elif isinstance(part, Line) and part.text.startswith(":::"):
            made += ["", *_fill(course, page, part).splitlines(), ""]
        else:
            made += source[part.number - 1 : last]
    return "\n".join(made) + "\n"


def anchor_names(markdown: str) -> list[str]:
    """Name the headings of a page in order, each differently."""
    names: list[str] = []
    for section in read_sections(markdown)[1:]:
        name = section.identifier or slug(section.title)
        number = 1
        while name in names:
            number += 1
            name = f"{section.identifier or slug(section.title)}-{number}"
        names.append(name)
    return names


def slug(title: str) -> str:
    """Turn a heading into an anchor: lower case, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", title)
    return "-".join(re.findall(r"\w+", plain.lower())) or "section"


def _anchors(course: Course, page: Page) -> dict[int, str]:
    """Map the line of each heading to its anchor.

    A Russian heading has the anchor of the English one, so that the language switcher and links
    between pages work in both languages.
    """
    twin = course.pages["en"].get(page.name, page)
    sections = read_sections(page.text)[1:]
    names = anchor_names(twin.text)
    if len(names) != len(sections):
        names = anchor_names(page.text)
    return {
        section.number: name
        for section, name in zip(sections, names, strict=True)
        if not section.identifier
    }


def _fill(course: Course, page: Page, line: Line) -> str:
    try:
        directive = parse_directive(line.text)
        return RENDERERS[directive.kind](course, page, directive) if directive else line.text
    except WorkshopError as error:
        shown = course.project.relative(page.path)
        raise WorkshopError(
            "docs-in-page", file=shown, line=str(line.number), problem=str(error)
        ) from error
