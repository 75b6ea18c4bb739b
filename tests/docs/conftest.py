"""Fixtures: a small bilingual course to break, and the real site, built once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from workshop import messages
from workshop.docs.building import build
from workshop.docs.course import Course, read_course
from workshop.project import Project, find_project

from .browser import Browser, find_chromium
from .small import Small
from .web import served


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test starts in English, whatever the machine speaks."""
    monkeypatch.setattr(messages, "_chosen", "en")


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """Make a course of two steps with one page in two languages."""
    return Small.make(tmp_path / "my course")


@pytest.fixture(scope="session")
def project() -> Project:
    """Give this checkout."""
    return find_project()


@pytest.fixture(scope="session")
def course(project: Project) -> Course:
    """Read this checkout's steps and pages."""
    return read_course(project)


@pytest.fixture(scope="session")
def site(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the real site strictly, once."""
    folder = tmp_path_factory.mktemp("site")
    notes = build(project, folder / "site", folder / "pages")
    assert not notes, "\n".join(map(str, notes))
    return folder / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Serve the built site on this machine."""
    with served(site) as found:
        yield found


@pytest.fixture(scope="session")
def chromium(address: str) -> Iterator[Browser]:
    """Start a headless Chromium that may talk to this machine only."""
    program = find_chromium()
    if program is None:
        pytest.skip("no chromium here: install it (Debian: apt-get install chromium)")
    if find_spec("playwright") is None:
        pytest.skip("no playwright in this environment: nox -s dev installs it")
    with Browser.started(program, address) as browser:
        yield browser


@pytest.fixture(scope="session")
def has_git() -> None:
    """Skip where git is missing."""
    if shutil.which("git") is None:
        pytest.skip("no git here")
