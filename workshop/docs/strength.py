"""What `nox -s mutants` has found out, as a table."""

from __future__ import annotations

from typing import Any

from workshop.docs.changes import markdown_table
from workshop.docs.course import Course
from workshop.docs.directives import Directive
from workshop.docs.outputs import read_result
from workshop.docs.places import Page
from workshop.docs.words import say

COLUMNS = ("step", "places", "tried", "noticed", "survived", "score")


def strength(course: Course, page: Page, _directive: Directive) -> str:
    """Render ``::: mutants``: a row for each step, and one for all.

    Raises:
        WorkshopError: nothing was measured yet.

    """
    steps = read_result(course.project, "mutants")["steps"]
    titles = {layer.name: layer.title[page.language] for layer in course.layers}
    rows = [_row(f"{one['step'][:2]}. {titles.get(one['step'], '')}", one) for one in steps]
    rows.append(_row(say(page.language, "docs-mutants-all"), _sum(steps)))
    head = [say(page.language, f"docs-mutants-column-{name}") for name in COLUMNS]
    return f"{_when(page.language, steps)}\n\n{markdown_table(head, rows)}"


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
    places, tried, noticed = counts["places"], counts["mutants"], counts["killed"]
    score = f"**{100 * noticed / tried:.0f} %**"
    return name, f"{places}", f"{tried}", f"{noticed}", f"{tried - noticed}", score


def _sum(steps: list[dict[str, Any]]) -> dict[str, int]:
    return {name: sum(one[name] for one in steps) for name in ("places", "mutants", "killed")}
