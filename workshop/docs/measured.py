"""What `nox -s bench` has measured, as a table and a chart."""

from __future__ import annotations

from typing import Any

from workshop.docs.changes import markdown_table
from workshop.docs.course import Course
from workshop.docs.directives import Directive
from workshop.docs.outputs import read_result
from workshop.docs.places import Page
from workshop.docs.words import say

COLUMNS = ("case", "baseline", "baseline-speed", "final-speed", "ratio", "aim", "p99")
WIDTH, ROW, LEFT = 640, 30, 290
"""Of the chart, in the units of its own that a browser scales."""


def measured(course: Course, page: Page, _directive: Directive) -> str:
    """Render ``::: bench``: the table, the chart, and what has one number only.

    Raises:
        WorkshopError: nothing was measured yet.

    """
    result = read_result(course.project, "bench")
    return "\n\n".join(
        (
            say(page.language, "docs-bench-when", day=result["day"], machine=result["machine"]),
            draw_table(page.language, result["cases"]),
            draw_chart(page.language, result["cases"]),
            list_rest(page.language, result),
        )
    )


def name_of(language: str, case: dict[str, Any]) -> str:
    """Name a case in the language of the page."""
    words = "".join(letter if letter.isalnum() else "-" for letter in case["name"])
    return say(language, f"docs-bench-case-{words}")


def draw_table(language: str, cases: list[dict[str, Any]]) -> str:
    """Compare the finished app with its baseline, case by case."""
    rows = []
    for case in cases:
        final, baseline = case["servers"]["final"], case["servers"][case["baseline"]]
        aim = "" if case["aim"] is None else f"{case['aim']:.2f}"
        rows.append(
            (
                name_of(language, case),
                say(language, f"docs-bench-server-{case['baseline']}"),
                f"{baseline['requests']}",
                f"{final['requests']}",
                f"**{final['ratio']:.2f}**",
                aim,
                f"{baseline['p99_ms']} / {final['p99_ms']}",
            )
        )
    return markdown_table([say(language, f"docs-bench-column-{name}") for name in COLUMNS], rows)


def draw_chart(language: str, cases: list[dict[str, Any]]) -> str:
    """Draw a bar for each ratio, and a tick where the aim is; colours are the theme's own."""
    longest = max(max(case["servers"]["final"]["ratio"], case["aim"] or 0) for case in cases)
    scale = (WIDTH - LEFT - 60) / longest
    parts = []
    for number, case in enumerate(cases):
        ratio, top, name = case["servers"]["final"]["ratio"], number * ROW, name_of(language, case)
        parts.append(
            f'<text x="{LEFT - 8}" y="{top + 19}" text-anchor="end">{name}</text>'
            f'<rect x="{LEFT}" y="{top + 5}" width="{ratio * scale:.0f}" height="18"'
            ' fill="var(--md-primary-fg-color)"/>'
            f'<text x="{LEFT + ratio * scale + 6:.0f}" y="{top + 19}">{ratio:.2f}</text>'
        )
        if case["aim"] is not None:
            at = LEFT + case["aim"] * scale
            parts.append(
                f'<line x1="{at:.0f}" x2="{at:.0f}" y1="{top + 1}" y2="{top + 27}"'
                ' stroke="var(--md-accent-fg-color)" stroke-width="3"/>'
            )
    title = say(language, "docs-bench-chart")
    return (
        f'<figure><svg viewBox="0 0 {WIDTH} {len(cases) * ROW}" role="img" font-size="14"'
        f' fill="currentColor" style="width:100%;max-width:{WIDTH}px"><title>{title}</title>'
        f"{''.join(parts)}</svg><figcaption>{title}</figcaption></figure>"
    )


def list_rest(language: str, result: dict[str, Any]) -> str:
    """Say what is not compared request by request."""
    start, memory = result["start_seconds"], result["memory_mib"]
    lines = [
        say(
            language,
            "docs-bench-start",
            bare=f"{start['bare']:.1f}",
            final=f"{start['final']:.1f}",
            bare_memory=str(memory["bare"]),
            final_memory=str(memory["final"]),
        )
    ]
    if queue := result["queue"]:
        values = {name: str(queue[name]) for name in ("xadd", "pushed", "done")}
        lines.append(say(language, "docs-bench-queue", **values))
    if events := result["events"]:
        values = {name: str(events[name]) for name in ("relayed", "handled")}
        lines.append(say(language, "docs-bench-events", **values))
    return "\n".join(f"- {line}" for line in lines)
