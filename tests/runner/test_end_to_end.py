"""The course itself: real services, migrations, data, and an answer over HTTP."""

import http.client
import json
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from workshop.project import Project
from workshop.services import status, stop

from .launch import REPOSITORY, Launched, make_course


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a fresh checkout of the course: no database, no password, no build."""
    root = make_course(tmp_path_factory.mktemp("checkout"), REPOSITORY / "steps")
    yield root
    stop(Project(root))


def test_first_step_tells_what_it_has_made(checkout: Path) -> None:
    """Step 1 has no process: the run says which tables there are, and ends well."""
    run = Launched(checkout, ("1",))
    try:
        assert run.end() == 0
        assert "Tables in the database: alembic_version, users" in run.shown
        assert "First administrator: admin (admin@example.com), password " in run.shown
        assert "no process to keep running" in run.shown
        assert run.nothing_left(within=0)
    finally:
        run.clean_up()


def test_second_step_answers(checkout: Path) -> None:
    """Step 2 lists the first administrator, and stops with its services."""
    run = Launched(checkout, ("2",))
    try:
        address = urlsplit(run.ready())
        assert f"{address.geturl()}/docs" in run.shown
        connection = http.client.HTTPConnection(address.hostname or "", address.port)
        connection.request("GET", "/api/v1/users")
        answer = connection.getresponse()
        assert answer.status == 200
        assert [one["username"] for one in json.load(answer)["items"]] == ["admin"]
        connection.close()
        run.signal(signal.SIGINT)
        assert run.end() == 130
        assert "Services stopped too: PostgreSQL, Redis." in run.shown
        assert run.nothing_left(within=0)
        assert all(one.state == "stopped" for one in status(Project(checkout)))
    finally:
        run.clean_up()
