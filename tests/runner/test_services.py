"""Services that a run started end with it; those that ran before, or that others need, do not."""

import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from workshop.project import Project
from workshop.services import environment, status, stop

from .conftest import Launch


@pytest.fixture
def project(course: Path) -> Project:
    """Let the fake step need Redis."""
    manifest = course / "steps/01_fake/step.toml"
    content = manifest.read_text(encoding="utf-8")
    manifest.write_text(content.replace("services = []", 'services = ["redis"]'), encoding="utf-8")
    return Project(course)


@pytest.fixture
def redis_runs(project: Project) -> Iterator[Callable[[], bool]]:
    """Ask whether the course's Redis answers; stop it at the end."""
    yield lambda: any(one.name == "redis" and one.state == "running" for one in status(project))
    stop(project)


def test_own_services_are_stopped(launch: Launch, redis_runs: Callable[[], bool]) -> None:
    """What the run has started, it stops, and says so in its last line."""
    run = launch()
    run.ready()
    assert redis_runs()
    run.signal(signal.SIGTERM)
    assert run.end() == 143
    assert run.shown.rstrip().splitlines()[-1] == "Stopped. Services stopped too: Redis."
    assert not redis_runs()


def test_services_that_ran_before_are_left(
    launch: Launch, project: Project, redis_runs: Callable[[], bool]
) -> None:
    """What somebody else has started goes on, and the last line says that."""
    environment(project, ["redis"])
    run = launch()
    run.ready()
    run.signal(signal.SIGINT)
    assert run.end() == 130
    assert "Services left running, as they were before: Redis." in run.shown.splitlines()[-1]
    assert redis_runs()


def test_last_of_two_runs_stops_the_services(
    launch: Launch, redis_runs: Callable[[], bool]
) -> None:
    """The run that started a service leaves it to the other one, which stops it at its end."""
    first = launch()
    first.ready()
    second = launch()
    second.ready()
    first.signal(signal.SIGTERM)
    assert first.end() == 143
    assert "left running for another “workshop run”: Redis" in first.shown
    assert redis_runs()
    second.signal(signal.SIGTERM)
    assert second.end() == 143
    assert not redis_runs()


def test_services_of_a_killed_run_are_stopped_by_the_next(
    launch: Launch, redis_runs: Callable[[], bool]
) -> None:
    """SIGKILL leaves the services running; they still count as started by a run."""
    killed = launch()
    killed.ready()
    killed.signal(signal.SIGKILL)
    killed.end()
    assert redis_runs()
    run = launch()
    run.ready()
    run.signal(signal.SIGTERM)
    assert run.end() == 143
    assert not redis_runs()


def test_inbox_is_shown_where_the_app_sends_mail(launch: Launch, course: Path) -> None:
    """Its page is among the links, and answers; at the end it is stopped like the others."""
    manifest = course / "steps/01_fake/step.toml"
    content = manifest.read_text(encoding="utf-8")
    manifest.write_text(content.replace("services = []", 'services = ["smtp"]'), encoding="utf-8")
    run = launch()
    run.ready()
    run.wait_for("Ctrl-C")
    found = re.search(r"Inbox +(http://127\.0\.0\.1:\d+/)", run.shown)
    assert found
    with urlopen(found[1], timeout=10) as answer:  # noqa: S310 - ours
        assert "No messages yet" in answer.read().decode()
    run.signal(signal.SIGINT)
    assert run.end() == 130
    assert run.shown.rstrip().splitlines()[-1] == "Stopped. Services stopped too: SMTP."
    assert run.nothing_left(within=5)
