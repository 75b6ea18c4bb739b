"""Writing the folder that MkDocs reads: plain Markdown, nothing left to fill in."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from workshop.docs.changes import changes_markdown
from workshop.docs.course import Course, changes_page
from workshop.docs.expanding import expand
from workshop.docs.llms import llms_text
from workshop.docs.places import docs_folder
from workshop.messages import LANGUAGES


def render(course: Course) -> dict[str, str]:
    """Return every text file of the site's source by path.

    Raises:
        WorkshopError: a page cannot be filled in.

    """
    made: dict[str, str] = {}
    for language in LANGUAGES:
        pages = {name: expand(course, page) for name, page in course.pages[language].items()} | {
            changes_page(layer): changes_markdown(course, layer, language)
            for layer in course.taught
        }
        made |= {f"{language}/{name}": text for name, text in pages.items()}
        made[f"{language}/llms.txt"] = llms_text(pages, language)
    return made


def prepare(course: Course, target: Path) -> None:
    """Make ``target`` hold the site's source; files that are right already are not touched.

    Raises:
        WorkshopError: a page cannot be filled in; then nothing is written.

    """
    wanted: Mapping[str, bytes] = {
        **{path: text.encode() for path, text in render(course).items()},
        **_assets(course),
    }
    for old in [path for path in target.rglob("*") if path.is_file()]:
        if old.relative_to(target).as_posix() not in wanted:
            old.unlink()
    for path, content in wanted.items():
        place = target / path
        if not place.is_file() or place.read_bytes() != content:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)


def clear(target: Path) -> None:
    """Delete what `prepare` wrote."""
    shutil.rmtree(target, ignore_errors=True)


def _assets(course: Course) -> dict[str, bytes]:
    folder = docs_folder(course.project) / "assets"
    return {
        f"assets/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".md"
    }
