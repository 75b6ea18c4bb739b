"""Code in the pages: pulled from a composed step by target."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from workshop.docs.course import Course, changes_page
from workshop.docs.directives import Directive
from workshop.docs.places import Page
from workshop.docs.words import say
from workshop.errors import WorkshopError
from workshop.layers import Layer
from workshop.targets import Found, Target, find

LONGEST = 80
"""Lines of a snippet above which nobody reads it in the middle of prose."""

LANGUAGES = {
    ".py": "python",
    ".toml": "toml",
    ".ini": "ini",
    ".yml": "yaml",
    ".yaml": "yaml",
    ".md": "markdown",
    ".mako": "mako",
    ".html": "html+jinja",
    ".sql": "sql",
    ".env.example": "bash",
    ".in": "text",
}


def code(course: Course, page: Page, directive: Directive) -> str:
    """Render ``::: code`` as a titled fence with its origin below.

    Raises:
        WorkshopError: no step is named, or the target is not there, or it is too long to read.

    """
    target = Target.parse(directive.argument)
    step = int(directive.options.get("step", page.step or 0))
    if not step:
        raise WorkshopError("docs-snippet-step", target=str(target))
    composition = course.end_of(step)
    found = find(composition, target)
    length = found.source.count("\n")
    if length > LONGEST:
        raise WorkshopError("docs-snippet-long", target=str(target), count=length, longest=LONGEST)
    block = fence(found.source, language_of(target.path), title=target.path)
    return f"{block}\n{_origin(course, page, found, step)}\n{{ .origin }}\n"


def fence(source: str, language: str, *, title: str = "", indent: str = "") -> str:
    """Fence a text so that no line in it closes the fence."""
    longest = max((len(run) for run in re.findall(r"`+", source)), default=0)
    marks = "`" * max(3, longest + 1)
    head = f'{marks}{language} title="{title}"' if title else f"{marks}{language}"
    lines = [head, *source.rstrip("\n").split("\n"), marks]
    return "\n".join(f"{indent}{line}" if line else "" for line in lines) + "\n"


def language_of(path: str) -> str:
    """Name the syntax of a file for the highlighter."""
    name = PurePosixPath(path).name
    return next((known for end, known in LANGUAGES.items() if name.endswith(end)), "text")


def file_anchor(path: str) -> str:
    """Name the place of a file on a page of changes."""
    return "file-" + re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-")


def link(page: Page, target: str) -> str:
    """Write the address of another page, relative to this one."""
    return "../" * page.name.count("/") + target


def _origin(course: Course, page: Page, found: Found, step: int) -> str:
    path = found.target.path
    file = course.end_of(step)[path]
    writer = file.parts[-1].layer
    if len(file.parts) > 1:
        did = "appends"
    else:
        did = "replaces" if path in course.end_of(writer.number - 1) else "adds"
    said = say(page.language, f"docs-origin-{did}", step=f"{writer.number:02}")
    if not _shown_whole(course, writer, path):
        return said
    whole = f"{link(page, changes_page(writer))}#{file_anchor(path)}"
    return f"{said} [{say(page.language, 'docs-origin-whole')}]({whole})"


def _shown_whole(course: Course, layer: Layer, path: str) -> bool:
    return layer in course.taught and path in layer.files
