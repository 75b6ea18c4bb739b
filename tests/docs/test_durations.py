"""How long the checks take, as a table."""

from __future__ import annotations

import json

import pytest

from workshop.docs.directives import Directive
from workshop.docs.durations import durations
from workshop.docs.outputs import result_path
from workshop.docs.places import Page
from workshop.errors import WorkshopError

from .small import Small


def render(small: Small, language: str) -> str:
    """Render the directive on a page."""
    page = Page("reference/measured.md", language, small.project.root / "measured.md")
    return durations(small.course, page, Directive("checks", "", {}))


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "All, side by side"), ("ru", "Все вместе")],  # noqa: RUF001 - Russian
)
def test_longest_first_and_all_at_the_end(small: Small, language: str, name: str) -> None:
    """By what each takes of the processor: that is the same on a busy machine."""
    checks = [
        {"name": "lint", "tests": 0, "seconds": 40, "processor_seconds": 5},
        {"name": "step-01", "tests": 65, "seconds": 7, "processor_seconds": 6},
    ]
    path = result_path(small.project, "checks")
    path.parent.mkdir(parents=True, exist_ok=True)
    result = {"machine": "2 cores", "day": "2026-11-26", "seconds": 41, "checks": checks}
    path.write_text(json.dumps(result), encoding="utf-8")
    page = render(small, language)
    assert "2 cores" in page
    assert page.endswith(
        f"| `step-01` | 65 | 6 | 7 |\n| `lint` |  | 5 | 40 |\n| {name} | 65 | 11 | 41 |\n"
    )


def test_nothing_measured_is_told_with_the_way_out(small: Small) -> None:
    """The command that measures."""
    with pytest.raises(WorkshopError, match="nox -s tests"):
        render(small, "en")
