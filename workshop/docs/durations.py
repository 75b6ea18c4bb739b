"""What `nox -s tests` takes, as a table."""

from __future__ import annotations

from typing import Any

from workshop.docs.changes import markdown_table
from workshop.docs.course import Course
from workshop.docs.directives import Directive
from workshop.docs.outputs import read_result
from workshop.docs.places import Page
from workshop.docs.words import say

COLUMNS = ("check", "tests", "processor", "seconds")


def durations(course: Course, page: Page, _directive: Directive) -> str:
    """Render ``::: checks``: a row for each job, those that take the processor longest first.

    Raises:
        WorkshopError: nothing was measured yet.

    """
    result = read_result(course.project, "checks")
    checks = sorted(result["checks"], key=lambda one: -one["processor_seconds"])
    total = {
        "tests": sum(one["tests"] for one in checks),
        "processor_seconds": sum(one["processor_seconds"] for one in checks),
        "seconds": result["seconds"],
    }
    rows = [_row(f"`{one['name']}`", one) for one in checks]
    rows.append(_row(say(page.language, "docs-checks-all"), total))
    when = say(page.language, "docs-checks-when", day=result["day"], machine=result["machine"])
    head = [say(page.language, f"docs-checks-column-{name}") for name in COLUMNS]
    return f"{when}\n\n{markdown_table(head, rows)}"


def _row(name: str, took: dict[str, Any]) -> tuple[str, ...]:
    return name, f"{took['tests'] or ''}", f"{took['processor_seconds']}", f"{took['seconds']}"
