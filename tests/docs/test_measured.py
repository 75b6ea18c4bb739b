"""What was measured, as a table and a chart."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from workshop.docs.directives import Directive
from workshop.docs.measured import draw_chart, measured
from workshop.docs.outputs import result_path
from workshop.docs.places import Page
from workshop.errors import WorkshopError

from .small import Small

BENCH = Directive("bench", "", {})


def make_case(name: str, ratio: float, aim: float | None) -> dict[str, Any]:
    """Make what `bench.result` writes."""
    servers = {
        "orm": {"requests": 1000, "p99_ms": 9.5, "ratio": 1.0},
        "final": {"requests": round(1000 * ratio), "p99_ms": 8.1, "ratio": ratio},
    }
    return {"name": name, "baseline": "orm", "aim": aim, "servers": servers}


CASES = [make_case("by id, cached", 3.5, 3.0), make_case("register", 1.25, None)]


def render(small: Small, language: str) -> str:
    """Render the directive on a page."""
    page = Page("reference/speed.md", language, small.project.root / "speed.md")
    return measured(small.course, page, BENCH)


def write(small: Small, **more: Any) -> None:  # noqa: ANN401 - JSON
    """Write a result."""
    result = {
        "day": "2026-11-26",
        "machine": "2 cores",
        "cases": CASES,
        "start_seconds": {"bare": 0.5, "final": 1.25},
        "memory_mib": {"bare": 40, "final": 90},
        "queue": None,
        "events": None,
        **more,
    }
    path = result_path(small.project, "bench")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result), encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "name"), [("en", "the same, cached"), ("ru", "он же из кеша")]
)
def test_a_row_for_each_case(small: Small, language: str, name: str) -> None:
    """In the language of the page; no aim leaves its cell empty."""
    write(small)
    page = render(small, language)
    assert f"| {name} | FastAPI + SQLAlchemy | 1000 | 3500 | **3.50** | 3.00 | 9.5 / 8.1 |" in page
    assert "| 1250 | **1.25** |  | 9.5 / 8.1 |" in page
    assert "90" in page
    assert "XADD" not in page


def test_queue_and_events_are_told_when_they_were_measured(small: Small) -> None:
    """With their own numbers."""
    queue = {"xadd": 9000, "pushed": 2500, "done": 1100}
    write(small, queue=queue, events={"relayed": 3100, "handled": 420})
    page = render(small, "en")
    for number in ("9000", "2500", "1100", "3100", "420"):
        assert number in page


@pytest.mark.parametrize("language", ["en", "ru"])
def test_bars_are_as_long_as_their_ratios(language: str) -> None:
    """The tick of an aim that is missed stands beyond the bar."""
    chart = draw_chart(language, [*CASES, make_case("me", 0.5, 1.0)])
    root = ET.fromstring(chart)  # noqa: S314 - made by ourselves
    lengths = [float(bar.attrib["width"]) for bar in root.iter("rect")]
    assert lengths[0] / lengths[1] == pytest.approx(3.5 / 1.25, rel=0.02)
    ticks = [float(line.attrib["x1"]) for line in root.iter("line")]
    starts = [float(bar.attrib["x"]) for bar in root.iter("rect")]
    assert ticks[0] < starts[0] + lengths[0]
    assert ticks[1] > starts[2] + lengths[2]


def test_nothing_measured_is_told_with_the_way_out(small: Small) -> None:
    """The command that measures."""
    with pytest.raises(WorkshopError, match="nox -s bench"):
        render(small, "en")
