"""What a person sees until the app answers, or why it does not."""

import re
import signal
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .conftest import Launch


def test_links_that_exist_are_shown(launch: Launch, course: Path) -> None:
    """The greeting has the pages that answer, the login, and how to stop; the password is kept."""
    run = launch()
    address = run.ready()
    assert f"{address}/docs" in run.shown
    assert f"{address}/api/v1/users" in run.shown
    assert "/health/ready" not in run.shown
    password = (course / ".workshop/first-admin-password").read_text().strip()
    assert f"admin (admin@example.com), password {password}" in run.shown
    assert (course / ".workshop/first-admin-password").stat().st_mode & 0o777 == 0o600
    assert (course / ".workshop/logs/run/init-data.log").read_text().strip() == password
    assert "looking for the database" not in run.shown, "output is for failures"


def test_two_runs_at_once(launch: Launch, course: Path) -> None:
    """A second run gets another port and other logs, and both answer from one whole build."""
    first, second = launch(), launch(settings={"WORKSHOP_LANG": "ru"})
    one = first.ready()
    other = second.wait_for(r"Приложение отвечает: (\S+)")[1]
    assert one != other
    assert sorted(path.name for path in (course / ".workshop/logs").iterdir()) == ["run", "run-2"]
    source, build = course / "steps/01_fake", course / ".workshop/build/final"
    assert (build / "app/web.py").read_bytes() == (source / "app/web.py").read_bytes()
    first.signal(signal.SIGTERM)
    assert first.end() == 143
    socket.create_connection((urlsplit(other).hostname or "", urlsplit(other).port or 0)).close()


def test_crash_before_the_first_answer(launch: Launch) -> None:
    """A process that ends at once is named in the person's language, with its last lines."""
    run = launch(settings={"FAKE_MOOD": "crash", "WORKSHOP_LANG": "ru"})
    assert run.end() == 1
    assert "Процесс web завершился сам: код возврата 1." in run.shown
    assert "no such table: users" in run.shown.partition("последние строки:")[2]
    assert "Приложение отвечает" not in run.shown
    assert run.nothing_left(within=0)


def test_failing_command_shows_its_output(launch: Launch) -> None:
    """When a step of the preparation fails, its output, the mend and its log are shown."""
    run = launch(settings={"FAKE_BROKEN": "yes"})
    assert run.end() == 1
    assert "“python -m app.pre_start” failed" in run.shown
    assert "the database is on holiday" in run.shown
    assert "Check DATABASE_URL" in run.shown
    assert "pre-start.log" in run.shown
    assert "Migrate" not in run.shown


def test_database_of_a_later_step(launch: Launch) -> None:
    """A database with migrations that this step lacks is explained."""
    run = launch(settings={"FAKE_REVISION": "0009"})
    assert run.end() == 1
    assert "“python -m alembic upgrade head” failed" in run.shown
    assert "was migrated by a later step" in run.shown


def test_full_disk_does_not_stop_the_app(launch: Launch, course: Path) -> None:
    """When a log cannot be written, the output is still shown."""
    logs = course / ".workshop/logs/run"
    logs.mkdir(parents=True)
    if not Path("/dev/full").exists():
        pytest.skip("only Linux has a device that is always full")
    (logs / "web.log").symlink_to("/dev/full")
    run = launch()
    run.ready()
    assert "web pid=" in run.shown.replace("    │ ", " ")


def test_state_that_cannot_be_written(launch: Launch, course: Path) -> None:
    """A file where .workshop should be is named, with what to do about it."""
    (course / ".workshop").write_text("mine", encoding="utf-8")
    run = launch(settings={"WORKSHOP_LANG": "ru"})
    assert run.end() == 3
    assert f"Нельзя записать {course}/.workshop" in run.shown
    assert "Traceback" not in run.shown


def test_port_asked_for_is_taken(launch: Launch) -> None:
    """A taken port that was asked for is an error that names the process which holds it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        run = launch("--port", str(port))
        assert run.end() == 1
    assert re.search(rf"Port {port} is taken by process \d+: .*python", run.shown)
    assert re.search(r"workshop run --port \d+", run.shown)


def test_own_address_is_used(launch: Launch) -> None:
    """The app listens where --port and --host say, and the links lead there."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    run = launch("1", "--port", str(port), "--host", "0.0.0.0")  # noqa: S104 - on purpose
    assert run.ready() == f"http://127.0.0.1:{port}"
