"""Reference pages, generated from what they describe."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

from workshop.docs import facts
from workshop.docs.changes import markdown_table
from workshop.docs.course import Course, changes_page, step_page
from workshop.docs.directives import Directive
from workshop.docs.outline import read_sections
from workshop.docs.places import DECISIONS, Page
from workshop.docs.snippets import link
from workshop.docs.words import say, translated
from workshop.errors import WorkshopError


def settings(course: Course, page: Page, _directive: Directive) -> str:
    """List every setting of the finished app with the step that added it."""
    rows = []
    for layer in course.layers:
        below = facts.settings(course.end_of(layer.number - 1))
        for name, setting in facts.settings(course.end_of(layer.number)).items():
            if name not in below:
                meaning = translated(page.language, f"docs-setting-{name}", setting.comment)
                example = f"`{setting.example}`" if setting.example else ""
                rows.append((f"`{name}`", example, meaning, f"{layer.number:02}"))
    listed = _table(page, ("setting", "example", "meaning", "step"), rows)
    return f'<div class="cards" markdown>\n\n{listed}\n</div>'


def sessions(course: Course, page: Page, _directive: Directive) -> str:
    """List the sessions of the noxfile."""
    rows = []
    for name, description in nox_sessions(str(course.project.root)):
        if name.startswith("step-"):
            number = int(name.removeprefix("step-"))
            title = course.layers[number - 1].title[page.language]
            meaning = say(page.language, "docs-session-step", step=f"{number:02}", title=title)
        else:
            meaning = translated(page.language, f"docs-session-{name}", description)
        rows.append((f"`nox -s {name}`", meaning))
    return _table(page, ("session", "meaning"), rows)


def commands(course: Course, page: Page, _directive: Directive) -> str:
    """List the commands of ``workshop`` with their arguments and options."""
    parts = []
    for command in workshop_commands(str(course.project.root), page.language):
        parts.append(f"## `workshop {command['name']}` {{ #{command['name'].replace(' ', '-')} }}")
        parts.append(command["help"])
        rows = [(f"`{row['name']}`", row["help"]) for row in command["parameters"]]
        if rows:
            parts.append(_table(page, ("argument", "meaning"), rows))
    return "\n\n".join(parts) + "\n"


def steps(course: Course, page: Page, _directive: Directive) -> str:
    """List the steps that have a page."""
    rows = []
    for layer in course.taught:
        first = read_sections(course.pages[page.language][step_page(layer)].text)[1]
        lead = first.text.split("\n\n")[1] if first.text.count("\n\n") else ""
        title = f"{layer.number:02}. {layer.title[page.language]}"
        changed = f"[{say(page.language, 'docs-changes-link')}]({link(page, changes_page(layer))})"
        rows.append((f"[{title}]({link(page, step_page(layer))})", f"{lead} ({changed})"))
    return _table(page, ("step", "brings"), rows)


def decisions(course: Course, page: Page, _directive: Directive) -> str:
    """List the records of decisions."""
    lines = [
        f"- [{read_sections(found.text)[1].title}]({link(page, name)})"
        for name, found in course.pages[page.language].items()
        if name.startswith(f"{DECISIONS}/") and name != page.name
    ]
    return "\n".join(lines) + "\n"


@cache
def nox_sessions(root: str) -> tuple[tuple[str, str], ...]:
    """Ask nox for the names and descriptions of the sessions.

    Raises:
        WorkshopError: nox cannot read the noxfile.

    """
    printed = _ask(root, "en", "nox", "--list", "--nocolor", "-f", f"{root}/noxfile.py")
    return tuple(re.findall(r"(?m)^[*-] (\S+) -> (.+)$", printed))


@cache
def workshop_commands(root: str, language: str) -> tuple[dict[str, Any], ...]:
    """Ask the command line what it offers, in a process of its own: help has one language.

    Raises:
        WorkshopError: the command line cannot be loaded.

    """
    return tuple(json.loads(_ask(root, language, "workshop.docs.listing")))


def _ask(root: str, language: str, *arguments: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=root,
        env={**os.environ, "WORKSHOP_LANG": language, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if ended.returncode:
        raise WorkshopError(
            "docs-ask-failed", command=" ".join(arguments), output=ended.stderr.strip()
        )
    return ended.stdout


def _table(page: Page, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    return markdown_table([say(page.language, f"docs-column-{column}") for column in columns], rows)
