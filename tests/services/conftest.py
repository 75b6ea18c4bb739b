"""Checkouts of their own for every test, and no server left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types
import pytest

from workshop import messages
from workshop.project import Project
from workshop.services import environment, stop

REPOSITORY = Path(__file__).parents[2]
ROOM = 2_000_000_000
SERVERS = ("postgres", "valkey-server", "python", "python3", f"python3.{sys.version_info[1]}")
VARIABLES = ("DATABASE_URL", "REDIS_URL", "SMTP_HOST", "SMTP_PORT", "WORKSHOP_LANG")

Run = Callable[..., "subprocess.Popen[str]"]


def servers_below(directory: Path) -> list[psutil.Process]:
    """Find server processes of a directory by other means than the code under test."""
    found = []
    for process in psutil.process_iter(["name"]):
        with suppress(psutil.Error):
            ours = process.info["name"] in SERVERS and str(directory) in process.cwd()
            # A command that a test runs is a Python, too.
            ours = ours and ".workshop" in process.cwd()
            if ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def quick_disk() -> Path | None:
    """Return a file system in memory with room enough, if there is one.

    Ext4 becomes slow where a thousand small files are made and deleted again and again.
    """
    memory = Path("/dev/shm")  # noqa: S108 - only its name is fixed; mkdtemp makes ours below it
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > ROOM
    return memory if roomy else None


@contextmanager
def temporary_area() -> Iterator[Path]:
    """Make a directory that every account may pass; end every server below it afterwards."""
    directory = Path(tempfile.mkdtemp(prefix="workshop-services-", dir=quick_disk())).resolve()
    directory.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(directory / "state"))
        for variable in VARIABLES:
            patch.delenv(variable, raising=False)
        patch.setattr(messages, "_chosen", "en")
        try:
            yield directory
        finally:
            _clear(directory)


def _clear(directory: Path) -> None:
    left = servers_below(directory)
    for process in left:
        with suppress(psutil.Error):
            process.kill()
    while servers_below(directory):
        time.sleep(0.005)
    shutil.rmtree(directory)


@pytest.fixture
def area() -> Iterator[Path]:
    """Give a test a directory of its own."""
    with temporary_area() as directory:
        yield directory


@pytest.fixture(scope="session")
def shared() -> Iterator[Project]:
    """Give a checkout whose servers run, to tests that only look at them."""
    with temporary_area() as directory:
        root = directory / "shared"
        (root / "steps").mkdir(parents=True)
        environment(Project(root), ("postgres", "redis"))
        yield Project(root)


@pytest.fixture(scope="session")
def seed() -> Iterator[Project]:
    """Make data once, and leave it at rest."""
    with temporary_area() as directory:
        root = directory / "seed"
        (root / "steps").mkdir(parents=True)
        environment(Project(root), ("postgres", "redis"))
        stop(Project(root))
        yield Project(root)


@pytest.fixture
def made(project: Project, seed: Project) -> Project:
    """Give a checkout whose services have been used before: no test waits for ``initdb`` twice."""
    subprocess.run(["cp", "-a", str(seed.state), str(project.state)], check=True)
    return project


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
