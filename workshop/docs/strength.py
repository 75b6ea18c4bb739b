"""What `nox -s mutants` has found out, as a table."""

from __future__ import annotations

import tomllib
from pathlib import PurePosixPath
from typing import Any

from workshop.docs.changes import markdown_table
from workshop.docs.course import Course
from workshop.docs.directives import Directive
from workshop.docs.outputs import read_result
from workshop.docs.places import Page
from workshop.docs.words import say
from workshop.project import Project

COLUMNS = ("step", "places", "tried", "noticed", "same", "survived", "score")
COUNTS = ("places", "mutants", "killed", "same")
LIST = PurePosixPath("mutants", "equivalent.toml")
"""Mutants that do the same as the code; a survivor may have been found out to be one."""


def strength(course: Course, page: Page, _directive: Directive) -> str:
    """Render ``::: mutants``: a row for each step, and one for all.

    Raises:
        WorkshopError: nothing was measured yet.

    """
    steps = read_result(course.project, "mutants")["steps"]
    known = _read_list(course.project)
    counted = [one | {"same": _count_same(one, known)} for one in steps]
    titles = {layer.name: layer.title[page.language] for layer in course.layers}
    rows = [_row(f"{one['step'][:2]}. {titles.get(one['step'], '')}", one) for one in counted]
    rows.append(_row(say(page.language, "docs-mutants-all"), _sum(counted)))
    head = [say(page.language, f"docs-mutants-column-{name}") for name in COLUMNS]
    return f"{_when(page.language, steps)}\n\n{markdown_table(head, rows)}"


def _read_list(project: Project) -> set[tuple[str, str, str]]:
    rows = tomllib.loads((project.root / LIST).read_text(encoding="utf-8")).get("equivalent", [])
    return {(row["path"], row["before"].strip(), row["after"].strip()) for row in rows}


def _count_same(step: dict[str, Any], known: set[tuple[str, str, str]]) -> int:
    survivors = ((one["path"], one["before"], one["after"]) for one in step["survivors"])
    return sum(survivor in known for survivor in survivors)


def _when(language: str, steps: list[dict[str, Any]]) -> str:
    """Say when, where and from which samples: steps may have been measured one by one."""
    told = {
        "days": sorted({one["day"] for one in steps}),
        "machines": sorted({one["machine"] for one in steps}),
        "seeds": sorted({one["seed"] for one in steps}),
    }
    texts = {name: ", ".join(map(str, values)) for name, values in told.items()}
    return say(language, "docs-mutants-when", **texts)


def _row(name: str, counts: dict[str, Any]) -> tuple[str, ...]:
    """Write a row; the score is the share of what can be noticed."""
    places, tried, noticed, same = (counts[one] for one in COUNTS)
    score = f"**{100 * noticed / (tried - same or 1):.0f}\N{NO-BREAK SPACE}%**"
    numbers = (places, tried, noticed, same, tried - noticed - same)
    return name, *map(str, numbers), score


def _sum(steps: list[dict[str, Any]]) -> dict[str, int]:
    return {name: sum(one[name] for one in steps) for name in COUNTS}
