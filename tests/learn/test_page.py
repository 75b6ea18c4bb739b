"""What to read is named so that it can be opened: the page, its section, the site."""

from __future__ import annotations

import re

from workshop.explain.page import Reading, find_code, find_idea
from workshop.messages import LANGUAGES, set_language
from workshop.project import Project

from .course import ROOT, FakeCourse, write

PAGE = """# Step 01

## Why

## The idea

### In detail

## Your tasks

::: tasks

## The code

### Adding

::: code app/sums.py::add

### Everything

::: code app/sums.py

```text
## not a heading
::: code app/sums.py::mean
```
"""
SITE = "workshop docs serve, потом http://127.0.0.1:8008/ru/steps/01_sums/"


def test_idea_is_read_first_and_code_after_the_hints(course: FakeCourse) -> None:
    """The section with the course's code gives the answer away: the last hint comes before it."""
    write(course.root / "docs/ru/steps/01_sums.md", PAGE)
    course.run("start", "1", language="ru")
    for _ in range(2):
        said = course.run("check", language="ru")[1]
        assert "docs/ru/steps/01_sums.md:5 «The idea»" in said
        assert SITE in said
        course.run("hint", "1")
    said = course.run("check", language="ru")[1]
    assert "docs/ru/steps/01_sums.md:15 «Adding»" in said
    assert SITE in said
    course.run("solution", "1", "--apply", language="ru")
    for _ in range(2):
        assert "01_sums.md:5 " in course.run("check", language="ru")[1]
        course.run("hint", "2")
    assert "01_sums.md:19 «Everything»" in course.run("check", language="ru")[1]


def test_page_without_such_a_section_is_named_whole(course: FakeCourse) -> None:
    """And where there is no page, nothing is."""
    write(course.root / "docs/en/steps/01_sums.md", "# Step 01\n\nSums.\n")
    said = course.run("start", "1")[1]
    assert "The page of this step:\n  docs/en/steps/01_sums.md\n" in said
    assert "workshop docs serve, then http://127.0.0.1:8008/steps/01_sums/" in said
    assert "docs/" not in course.run("check", language="ru")[1]


def test_sections_that_are_named_exist() -> None:
    """In the real pages: one before the tasks of each step, and one about most of the tasks."""
    project, found = Project(ROOT), 0
    course = FakeCourse(ROOT).course
    for layer in course.layers:
        exercise, page = course.exercise(layer.number), f"steps/{layer.name}.md"
        if exercise is None:
            continue
        for language in LANGUAGES:
            set_language(language)
            idea = find_idea(project, page)
            assert idea is not None
            assert title_at(idea) == idea.title
            for task in exercise.tasks:
                code = find_code(project, page, task.targets)
                assert code is not None
                assert title_at(code) == code.title
                found += bool(code.title)
    assert found > 60


def title_at(reading: Reading) -> str:
    """Read the heading at a place; empty where the whole page is meant."""
    path, _, line = reading.place.partition(":")
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    return re.sub(r"^#+ |\s*\{.*\}$", "", lines[int(line) - 1]) if line else ""
