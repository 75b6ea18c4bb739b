"""A small course, and a way to run it."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from workshop.messages import set_language
from workshop.project import Project
from workshop.services import stop

from .launch import Launched, make_course

FAKE = Path(__file__).with_name("fake_course") / "steps"

Launch = Callable[..., Launched]


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Path]:
    """Give a checkout whose only step has two processes and needs no service."""
    shutil.copytree(FAKE.with_name("exercises"), tmp_path / "exercises")
    yield make_course(tmp_path, FAKE)
    if (tmp_path / ".workshop" / "services").exists():
        stop(Project(tmp_path))


@pytest.fixture
def launch(course: Path) -> Iterator[Launch]:
    """Start ``workshop run`` in the course; whatever is left at the end is killed."""
    launched: list[Launched] = []

    def start(
        *arguments: str,
        settings: Mapping[str, str] | None = None,
        through: tuple[str, ...] = (),
        terminal: bool = False,
    ) -> Launched:
        launched.append(Launched(course, arguments, settings or {}, through, terminal))
        return launched[-1]

    yield start
    for one in launched:
        one.clean_up()


@pytest.fixture(params=["en", "ru"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Run a test in both languages."""
    set_language(request.param)
    yield request.param
    set_language("en")
