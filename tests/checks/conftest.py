"""Jobs of small commands."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from workshop.checks import Job
from workshop.checks.jobs import Command

MakeJob = Callable[..., Job]
MakeBusy = Callable[[int], Job]

BUSY = '''"""A test that fails so many times."""
from pathlib import Path


def test_one() -> None:
    runs = Path("runs")
    runs.write_text(runs.read_text() + "x" if runs.exists() else "x")
    assert len(runs.read_text()) > {failing}, "too busy"
'''


@pytest.fixture(autouse=True)
def own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test choose a language for itself only."""
    monkeypatch.setattr("workshop.messages._chosen", None)


@pytest.fixture
def make_job(tmp_path: Path) -> MakeJob:
    """Make a job whose commands are Python programs."""

    def make(name: str, *programs: str, services: tuple[str, ...] = ()) -> Job:
        commands = (Command((sys.executable, "-c", program), tmp_path) for program in programs)
        return Job(name, tuple(commands), services)

    return make


@pytest.fixture
def make_busy(tmp_path: Path) -> MakeBusy:
    """Make a job whose test passes only after it has failed so many times."""

    def make(failing: int) -> Job:
        (tmp_path / "test_busy.py").write_text(BUSY.format(failing=failing), encoding="utf-8")
        pytest_ = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_busy.py")
        return Job("busy", (Command(pytest_, tmp_path, counts_tests=True),))

    return make
