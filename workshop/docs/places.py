"""Where the pages of the site come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.messages import LANGUAGES
from workshop.project import Project

CHANGELOG = "changelog.md"
DECISIONS = "decisions"
SERVED_AT = "127.0.0.1:8008"
"""Where ``workshop docs serve`` shows the site, unless it is told otherwise."""


@dataclass(frozen=True)
class Page:
    """One page in one language."""

    name: str
    """Path inside the language's folder, the same in all languages: ``steps/01_database.md``."""
    language: str
    path: Path
    """The file that a person edits."""

    @property
    def text(self) -> str:
        """The Markdown as it is written.

        Raises:
            WorkshopError: the file is not in UTF-8.

        """
        try:
            return self.path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise WorkshopError("docs-not-utf8", file=str(self.path)) from error

    @property
    def step(self) -> int | None:
        """The number of the step that the page teaches."""
        folder, _, file = self.name.rpartition("/")
        return int(file[:2]) if folder == "steps" and file[:2].isdecimal() else None


def docs_folder(project: Project) -> Path:
    """Return the folder of the prose."""
    return project.root / "docs"


def read_pages(project: Project, language: str) -> dict[str, Page]:
    """List the pages of a language by name, sorted."""
    folder = docs_folder(project) / language
    pages = {
        path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.md"))
    } | dict(_shared(project, language))
    return {name: Page(name, language, path) for name, path in sorted(pages.items())}


def every_page(project: Project) -> dict[str, dict[str, Page]]:
    """Return language -> name -> page."""
    return {language: read_pages(project, language) for language in LANGUAGES}


def _shared(project: Project, language: str) -> Iterator[tuple[str, Path]]:
    """Pages whose English text lives where readers of the repository look for it."""
    if language != "en":
        return
    if (project.root / "CHANGELOG.md").is_file():
        yield CHANGELOG, project.root / "CHANGELOG.md"
    for path in sorted((docs_folder(project) / DECISIONS).glob("*.md")):
        yield f"{DECISIONS}/{path.name}", path
