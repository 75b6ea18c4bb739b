"""The exercises of a step on its page: told by ``exercises/``, never copied into prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workshop.docs.course import Course
from workshop.docs.directives import Directive
from workshop.docs.places import Page
from workshop.docs.snippets import link
from workshop.docs.words import say
from workshop.errors import WorkshopError
from workshop.exercises import Task, read_exercise
from workshop.exercises.challenge import read_challenge
from workshop.layers import Layer

HOW_TO = "learn.md"
"""The page that tells how exercises are done."""

LIVELY = re.compile(r"([\\*_\[\]<>#|~])")
"""Signs that mean something to Markdown; hints are written for a terminal."""


def tasks(course: Course, page: Page, _directive: Directive) -> str:
    """Render ``::: tasks``: what the learner writes, with the hints folded.

    Raises:
        WorkshopError: the page belongs to no step, or the exercise cannot be read.

    """
    if page.step is None:
        raise WorkshopError("docs-tasks-step")
    layer = course.layers[page.step - 1]
    exercise = read_exercise(course.project, layer)
    if exercise is None:
        return say(page.language, "docs-tasks-none") + "\n"
    intro = say(
        page.language, "docs-tasks-intro", number=str(layer.number), page=link(page, HOW_TO)
    )
    blocks = [_task(task, page.language) for task in exercise.tasks]
    return "\n\n".join([intro, *blocks, *_challenge(course, layer, page.language)]) + "\n"


def _task(task: Task, language: str) -> str:
    names = ", ".join(f"`{target}`" for target in task.targets)
    lines = [plain(task.goal[language]), say(language, "docs-tasks-targets", targets=names)]
    if task.needs:
        lines.append(say(language, "docs-tasks-needs", tasks=", ".join(task.needs)))
    hints = task.hints[language]
    count = str(len(hints))
    for number, hint in enumerate(hints, start=1):
        title = say(language, "docs-tasks-hint", number=str(number), count=count)
        lines.append(folded("tip", title, plain(hint)))
    title = f"{task.id} {task.title[language]}"
    return folded("example", title, "\n\n".join(lines))


def _challenge(course: Course, layer: Layer, language: str) -> Iterator[str]:
    challenge = read_challenge(course.project, layer)
    if challenge is None:
        return
    readme = (challenge.path / f"README.{language}.md").read_text(encoding="utf-8")
    heading, _, body = readme.strip().partition("\n")
    checked = say(language, "docs-tasks-challenge")
    yield folded("abstract", heading.lstrip("# "), f"{body.strip()}\n\n{checked}")


def folded(kind: str, title: str, body: str) -> str:
    """Write a block that opens on a click."""
    inside = "\n".join(f"    {line}" if line else "" for line in body.split("\n"))
    quoted = title.replace('"', '\\"')
    return f'??? {kind} "{quoted}"\n\n{inside}'


def plain(text: str) -> str:
    """Keep what stands in backticks as code, and all other signs as they are."""
    pieces = re.split(r"(`[^`]+`)", text)
    return "".join(
        piece if position % 2 else LIVELY.sub(r"\\\1", piece)
        for position, piece in enumerate(pieces)
    )
