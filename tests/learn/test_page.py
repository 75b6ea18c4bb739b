"""What to read is named so that it can be opened: the page, its section, the site."""

from __future__ import annotations

import pytest

from workshop.explain.page import find_reading
from workshop.layers import read_layers
from workshop.messages import LANGUAGES, set_language
from workshop.project import Project

from .course import ROOT, FakeCourse, write

PAGE = """# Step 01

## Adding

::: code app/sums.py::add

## Everything

::: code app/sums.py

```text
## not a heading
::: code app/sums.py::mean
```
"""


@pytest.mark.parametrize(("task", "section", "line"), [("1", "Adding", 3), ("2", "Everything", 7)])
def test_section_about_the_task_is_named(
    course: FakeCourse, task: str, section: str, line: int
) -> None:
    """It is the one whose code is closest to what the task writes; the site's address follows."""
    write(course.root / "docs/ru/steps/01_sums.md", PAGE)
    course.run("start", "1", language="ru")
    if task == "2":
        course.run("solution", "1", "--apply", language="ru")
    said = course.run("check", language="ru")[1]
    assert f"docs/ru/steps/01_sums.md:{line} «{section}»" in said
    assert "workshop docs serve, потом http://127.0.0.1:8008/ru/steps/01_sums/" in said


def test_page_without_such_a_section_is_named_whole(course: FakeCourse) -> None:
    """And where there is no page, nothing is."""
    write(course.root / "docs/en/steps/01_sums.md", "# Step 01\n\nSums.\n")
    said = course.run("start", "1")[1]
    assert "The page of this step:\n  docs/en/steps/01_sums.md\n" in said
    assert "workshop docs serve, then http://127.0.0.1:8008/steps/01_sums/" in said
    assert "docs/" not in course.run("check", language="ru")[1]


def test_sections_that_are_named_exist() -> None:
    """In the real pages, most tasks have one, and then in both languages."""
    project, found = Project(ROOT), 0
    course = FakeCourse(ROOT).course
    for layer in read_layers(project):
        exercise = course.exercise(layer.number)
        for task in exercise.tasks if exercise else ():
            places = []
            for language in LANGUAGES:
                set_language(language)
                reading = find_reading(project, f"steps/{layer.name}.md", task.targets)
                assert reading is not None
                path, _, line = reading.place.partition(":")
                places.append(bool(line))
                if line:
                    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
                    assert lines[int(line) - 1].lstrip("# ").startswith(reading.title)
                    found += 1
            assert len(set(places)) == 1, task.id
    assert found > 60
