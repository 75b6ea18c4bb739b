"""Checkouts of their own for every test, and no server left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types
import pytest

from workshop import messages
from workshop.project import Project

REPOSITORY = Path(__file__).parents[2]
SERVERS = ("postgres", "valkey-server")

Run = Callable[..., "subprocess.Popen[str]"]


def servers_below(directory: Path) -> list[psutil.Process]:
    """Find server processes of a directory by other means than the code under test."""
    found = []
    for process in psutil.process_iter(["name"]):
        with suppress(psutil.Error):
            ours = process.info["name"] in SERVERS and str(directory) in process.cwd()
            if ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


@pytest.fixture
def area(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a directory that every account may pass, and end every server below it afterwards."""
    directory = Path(tempfile.mkdtemp(prefix="workshop-services-")).resolve()
    directory.chmod(0o755)
    monkeypatch.setenv("XDG_STATE_HOME", str(directory / "state"))
    for variable in ("DATABASE_URL", "REDIS_URL", "WORKSHOP_LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(messages, "_chosen", "en")
    yield directory
    left = servers_below(directory)
    for process in left:
        with suppress(psutil.Error):
            process.kill()
    while servers_below(directory):
        time.sleep(0.005)
    shutil.rmtree(directory)


@pytest.fixture
def project(area: Path) -> Project:
    """Give an empty checkout."""
    root = area / "checkout"
    (root / "steps").mkdir(parents=True)
    return Project(root)


@pytest.fixture
def run(area: Path) -> Iterator[Run]:
    """Start Python code as another command would run it; stop what still runs at the end."""
    running: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: object, **options: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), **options},
            cwd=area,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()
