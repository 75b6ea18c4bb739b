"""Building and serving the site with MkDocs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import workshop
from workshop.docs.checks import check
from workshop.docs.course import read_course
from workshop.docs.places import docs_folder
from workshop.docs.preparing import prepare
from workshop.errors import WorkshopError
from workshop.layers.notes import Note
from workshop.project import Project

POLL = 0.5
"""Seconds between two looks at the sources while serving."""

Report = Callable[[Iterable[Note]], None]


def pages_folder(project: Project) -> Path:
    """Say where the prepared pages lie."""
    return project.state / "docs" / "pages"


def build(project: Project, site: Path, pages: Path | None = None) -> list[Note]:
    """Check the pages and build the site strictly; return what is wrong, then nothing is built.

    Raises:
        WorkshopError: a page cannot be filled in, or MkDocs fails.

    """
    pages = pages or pages_folder(project)
    course = read_course(project)
    notes = check(course)
    if notes:
        return notes
    prepare(course, pages)
    ended = subprocess.run(
        _mkdocs(project, "build", "--strict", "--site-dir", str(site)),
        cwd=project.root,
        env=_environment(pages),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if ended.returncode:
        raise WorkshopError("docs-build-failed", output=_complaints(ended.stdout))
    return []


def serve(project: Project, address: str, report: Report) -> int:
    """Serve the site and prepare the pages anew whenever a source changes, until Ctrl-C.

    What is wrong is reported; it does not keep the site from being shown.

    Raises:
        WorkshopError: a page cannot be filled in at the start.

    """
    pages = pages_folder(project)
    report(check(read_course(project)))
    prepare(read_course(project), pages)
    seen = _state(project)
    with subprocess.Popen(
        _mkdocs(project, "serve", "--dev-addr", address),
        cwd=project.root,
        env=_environment(pages),
    ) as server:
        try:
            while server.poll() is None:
                time.sleep(POLL)
                now = _state(project)
                if now != seen:
                    seen = now
                    _refresh(project, pages, report)
        except KeyboardInterrupt:
            server.terminate()
        return server.wait()


def _refresh(project: Project, pages: Path, report: Report) -> None:
    try:
        course = read_course(project)
        report(check(course))
        prepare(course, pages)
    except WorkshopError as error:
        # A page half-way through an edit: the reader keeps the last good one.
        report([Note("docs-problem", {"problem": str(error)})])


def _complaints(printed: str) -> str:
    """Leave out what MkDocs says when all is well."""
    lines = [line for line in printed.splitlines() if not line.startswith(("INFO", "DEBUG"))]
    return "\n".join(lines) or printed


def _mkdocs(project: Project, *arguments: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "mkdocs",
        *arguments,
        "--config-file",
        str(project.root / "mkdocs.yml"),
    ]


def _environment(pages: Path) -> dict[str, str]:
    return {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "WORKSHOP_DOCS_PAGES": str(pages),
        "WORKSHOP_DOCS_THEME": str(Path(workshop.__file__).parent / "docs" / "theme"),
    }


def _state(project: Project) -> dict[str, int]:
    folders = [docs_folder(project), project.steps]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {str(path): path.stat().st_mtime_ns for path in files if "__pycache__" not in path.parts}
