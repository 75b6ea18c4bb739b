"""How strong the checks are, as a table."""

from __future__ import annotations

import json
from typing import Any

import pytest

from workshop.docs.directives import Directive
from workshop.docs.outputs import result_path
from workshop.docs.places import Page
from workshop.docs.strength import strength
from workshop.errors import WorkshopError

from .small import Small


def render(small: Small, language: str) -> str:
    """Render the directive on a page."""
    page = Page("reference/strength.md", language, small.project.root / "strength.md")
    return strength(small.course, page, Directive("mutants", "", {}))


def write(small: Small, *steps: dict[str, Any]) -> None:
    """Write what `mutants.result` writes."""
    path = result_path(small.project, "mutants")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"steps": steps}), encoding="utf-8")
    known = small.project.root / "mutants" / "equivalent.toml"
    known.parent.mkdir(exist_ok=True)
    row = "[[equivalent]]\npath = 'app/a.py'\nbefore = 'MOST = 9'\nafter = 'MOST = 10'\n"
    known.write_text(f"{row}reason = 'A choice.'\n", encoding="utf-8")


def make(step: str, mutants: int, killed: int, *survivors: str) -> dict[str, Any]:
    """Make the result of a step, and of its survivors those that become such lines."""
    return {
        "step": step,
        "places": 10 * mutants,
        "mutants": mutants,
        "killed": killed,
        "day": f"2026-11-{mutants}",
        "machine": "2 cores, Linux",
        "seed": killed,
        "survivors": [{"path": "app/a.py", "before": "MOST = 9", "after": x} for x in survivors],
    }


@pytest.mark.parametrize(("language", "name"), [("en", "All steps"), ("ru", "Итого")])
def test_a_row_for_each_step_and_one_for_all(small: Small, language: str, name: str) -> None:
    """With the titles of the steps in the language of the page."""
    (layer, *_) = small.course.layers
    write(small, make(layer.name, 20, 19), make("77_gone", 30, 21))
    page = render(small, language)
    title = f"{layer.number:02}. {layer.title[language]}"
    assert f"| {title} | 200 | 20 | 19 | 0 | 1 | **95\N{NO-BREAK SPACE}%** |" in page
    assert "| 77.  | 300 | 30 | 21 | 0 | 9 | **70\N{NO-BREAK SPACE}%** |" in page
    assert f"| {name} | 500 | 50 | 40 | 0 | 10 | **80\N{NO-BREAK SPACE}%** |" in page


def test_survivor_that_does_the_same_is_not_missed(small: Small) -> None:
    """It may have been found out after the measurement."""
    write(small, make("01_one", 20, 18, "MOST = 10", "MOST = 0"))
    assert "| 200 | 20 | 18 | 1 | 1 | **95\N{NO-BREAK SPACE}%** |" in render(small, "en")


def test_it_is_told_when_and_where(small: Small) -> None:
    """Steps can be measured on different days, each with a sample of its own."""
    write(small, make("01_one", 20, 3), make("02_two", 26, 12), make("03_three", 23, 3))
    first, _, _ = render(small, "en").partition("\n")
    assert first == "Measured on 2026-11-20, 2026-11-23, 2026-11-26 (2 cores, Linux), seed 3, 12."
    write(small, make("01_one", 20, 3))
    assert render(small, "ru").startswith("Измерено 2026-11-20 (2 cores, Linux), seed 3.\n")


def test_nothing_measured_is_told_with_the_way_out(small: Small) -> None:
    """The command that measures."""
    with pytest.raises(WorkshopError, match="nox -s mutants"):
        render(small, "en")
