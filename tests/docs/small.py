"""A course small enough to be read at a glance, made to be broken by tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from workshop.docs.checks import check, confirm
from workshop.docs.course import Course, read_course
from workshop.docs.expanding import expand
from workshop.project import Project

MODEL = '''"""Models."""

# Why the name matters.
NAMES = {"pk": "pk_%(table_name)s"}
"""How constraints are called."""


class Base:
    """The parent."""

    level = 1

    def save(self) -> None:
        """Keep it."""
'''

PAGE = {
    "en": """# Step 01

The lead.

## Code

Look at [the home page](../index.md).

::: code app/model.py::Base

!!! note "Mind"
    This.
""",
    "ru": """# Шаг 01

Вступление.

## Код

Посмотрите на [главную](../index.md).

::: code app/model.py::Base

!!! note "Учтите"
    Это.
""",
}
HOME = {"en": "# Home", "ru": "# Начало"}

STEP = """number = {number}
slug = "{slug}"
services = []
removes = []
appends = {appends}

[title]
en = "Step {number}"
ru = "Шаг {number}"

[replaces]
"""


@dataclass(frozen=True)
class Small:
    """The course's checkout."""

    root: Path

    @classmethod
    def make(cls, root: Path) -> Self:
        """Write two steps and two pages in two languages."""
        made = cls(root)
        made.write("steps/01_base/step.toml", STEP.format(number=1, slug="base", appends="[]"))
        made.write("steps/01_base/app/model.py", MODEL)
        made.write("steps/01_base/.env.example", "# Who.\nNAME=me\n")
        appends = '[".env.example"]'
        made.write("steps/02_more/step.toml", STEP.format(number=2, slug="more", appends=appends))
        made.write("steps/02_more/app/more.py", "MORE = 1\n")
        made.write("steps/02_more/.env.example", "\n# How many.\nCOUNT=5\n")
        made.write("docs/commands.toml", "command = []\n")
        for language in ("en", "ru"):
            made.write(f"docs/{language}/index.md", HOME[language])
            made.write(f"docs/{language}/steps/01_base.md", PAGE[language])
        for page in ("index.md", "steps/01_base.md"):
            confirm(made.course, page)
        return made

    @property
    def project(self) -> Project:
        """The paths of this course."""
        return Project(self.root)

    @property
    def course(self) -> Course:
        """Read it as it is now."""
        return read_course(self.project)

    def write(self, path: str, text: str) -> None:
        """Write a file of the course."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="\n")

    def edit(self, language: str, old: str, new: str) -> None:
        """Replace a text on the page of step 1."""
        path = f"docs/{language}/steps/01_base.md"
        before = (self.root / path).read_text(encoding="utf-8")
        assert old in before
        self.write(path, before.replace(old, new))

    def problems(self) -> list[str]:
        """Name what the check finds, by message."""
        return [note.message_id for note in check(self.course)]

    def page(self, language: str = "en") -> str:
        """Expand the page of step 1."""
        course = self.course
        return expand(course, course.pages[language]["steps/01_base.md"])
