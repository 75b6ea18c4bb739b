"""Jobs of small commands."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from workshop.checks import Job
from workshop.checks.jobs import Command

MakeJob = Callable[..., Job]


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
