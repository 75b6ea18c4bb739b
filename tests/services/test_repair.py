"""Whatever happened to the servers or their files, the next command mends it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types
import pytest

from workshop.project import Project
from workshop.services import environment, pgwire, processes, resp, status, stop
from workshop.services.account import borrowed_account, under
from workshop.services.errors import CrowdedError
from workshop.services.place import Place
from workshop.services.record import Record, read_record, write_record

from .clients import query, redis
from .conftest import REPOSITORY, Run, servers_below
from .test_life import BOTH, ENVIRONMENT

# Without waiting for the disk, a killed server may forget what was committed in the last second.
A_SECOND = 1.1


def recorded(project: Project, name: str) -> Record:
    """Return the record that must be there."""
    record = read_record(Place(project, name))
    assert record
    return record


def kill(pid: int) -> None:
    """Kill a process and wait until it is gone."""
    os.kill(pid, signal.SIGKILL)
    with suppress(psutil.NoSuchProcess):
        while psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.005)


def masters(project: Project) -> list[str]:
    """Return the names of the servers below a checkout, their workers left out."""
    found = servers_below(project.root)
    known = {process.pid for process in found}
    names = []
    for process in found:
        with suppress(psutil.NoSuchProcess):  # a worker may end at any moment
            if process.ppid() not in known:
                names.append(process.info["name"])
    return sorted(names)


@pytest.mark.parametrize("name", BOTH)
def test_a_killed_server_is_started_again(made: Project, name: str) -> None:
    """SIGKILL of a server is noticed, and its committed data is still there."""
    found = environment(made, BOTH)
    query(found, "CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (42)")
    redis(found, "SET", "kept", "42")
    time.sleep(A_SECOND)
    kill(recorded(made, name).pid)
    states = {one.name: one.state for one in status(made)}
    assert states == {**dict.fromkeys(BOTH, "running"), name: "crashed", "smtp": "stopped"}
    found = environment(made, BOTH)
    assert query(found, "SELECT id FROM kept") == 42
    assert redis(found, "GET", "kept") == "42"
    assert masters(made) == ["postgres", "valkey-server"]


def test_a_taken_port_is_left_to_its_owner(made: Project) -> None:
    """Another program has taken the ports since: other ones are chosen and remembered."""
    before = environment(made, BOTH)
    stop(made)
    ports = [recorded(made, name).port for name in BOTH]
    with (
        socket.create_server(("127.0.0.1", ports[0])),
        socket.create_server(("127.0.0.1", ports[1])),
    ):
        after = environment(made, BOTH)
        assert query(after, "SELECT 1") == 1
    assert not set(after.values()) & set(before.values())
    assert environment(made, BOTH) == after


def test_two_commands_at_once_start_one_server(project: Project, run: Run) -> None:
    """Four commands started together agree on one address; there is one server of each kind."""
    commands = [run(ENVIRONMENT, project.root) for _ in range(4)]
    outputs = {command.communicate() for command in commands}
    assert len(outputs) == 1
    assert "DATABASE_URL" in outputs.pop()[0]
    assert masters(project) == ["postgres", "valkey-server"]


def test_a_recycled_pid_is_not_taken_for_the_server(made: Project) -> None:
    """The recorded pid, also in PostgreSQL's own file, is now a stranger's, who is left alone."""
    environment(made, BOTH)
    stop(made)
    # PostgreSQL heeds a pid only if it may signal that process: let it be of its own account.
    command, options = under(borrowed_account(), [shutil.which("sleep") or "sleep", "60"])
    with subprocess.Popen(command, **options) as stranger:
        for name in BOTH:
            write_record(Place(made, name), replace(recorded(made, name), pid=stranger.pid))
        pid_file = Place(made, "postgres").data / "postmaster.pid"
        pid_file.write_text(f"{stranger.pid}\n/elsewhere\n0\n1\n\n127.0.0.1\n", encoding="ascii")
        assert [one.state for one in status(made)] == ["crashed", "crashed", "stopped"]
        assert query(environment(made, BOTH), "SELECT 1") == 1
        assert stranger.poll() is None
        stop(made)
        assert stranger.poll() is None
        stranger.kill()


def test_half_made_data_is_made_anew(project: Project, run: Run) -> None:
    """The tool is killed while it makes the data; the next command makes it from the start."""
    draft = Place(project, "postgres").directory / "data.new"
    command = run(ENVIRONMENT, project.root)
    while not (draft / "base").exists():
        assert command.poll() is None
        time.sleep(0.002)
    os.killpg(command.pid, signal.SIGKILL)
    command.wait()
    assert not Place(project, "postgres").data.exists()
    assert query(environment(project, ["postgres"]), "SELECT 1") == 1
    assert not draft.exists()


def test_killed_between_start_and_ready(project: Project, run: Run) -> None:
    """The tool is killed when the server is up but the app's database is not made yet."""
    command = run(ENVIRONMENT, project.root)
    log = Place(project, "postgres").log
    while not log.exists():
        assert command.poll() is None
        time.sleep(0.002)
    os.killpg(command.pid, signal.SIGKILL)
    command.wait()
    assert query(environment(project, BOTH), "SELECT 1") == 1
    assert masters(project) == ["postgres", "valkey-server"]


def test_deleted_state_ends_the_orphans(made: Project) -> None:
    """With .workshop deleted under running servers these are stopped, and fresh ones start."""
    before = environment(made, BOTH)
    orphans = servers_below(made.root)
    shutil.rmtree(made.state)
    after = environment(made, BOTH)
    assert query(after, "SELECT 1") == 1
    assert not set(before.values()) & set(after.values())
    assert not [process for process in orphans if process.is_running()]


def test_deleted_state_and_down(made: Project) -> None:
    """Servers whose files are gone can still be stopped."""
    environment(made, BOTH)
    shutil.rmtree(made.state)
    stop(made)
    assert not servers_below(made.root)


def test_a_copied_checkout_has_its_own_servers(
    made: Project, area: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A copy made under running servers neither uses nor stops them."""
    original = environment(made, BOTH)
    query(original, "CREATE TABLE mine (id int)")
    copy = Project(area / "copy")
    shutil.copytree(made.root, copy.root)
    assert {one.state for one in status(copy)} == {"stopped"}
    copied = environment(copy, BOTH)
    assert not set(original.values()) & set(copied.values())
    assert query(copied, "SELECT to_regclass('mine')") is None
    assert "copied from another checkout" in capsys.readouterr().err
    stop(copy)
    assert environment(made, BOTH) == original
    assert query(original, "SELECT to_regclass('mine')") == "mine"


def test_a_copy_of_stopped_servers_keeps_the_data(made: Project, area: Path) -> None:
    """Data copied at rest is good, and is used."""
    query(environment(made, BOTH), "CREATE TABLE mine (id int)")
    stop(made)
    copy = Project(area / "copy")
    shutil.copytree(made.root, copy.root)
    assert query(environment(copy, BOTH), "SELECT to_regclass('mine')") == "mine"


def test_a_moved_checkout_keeps_data_and_has_one_server(made: Project, area: Path) -> None:
    """Moved while the servers run: the next command takes them over at the new place."""
    query(environment(made, BOTH), "CREATE TABLE mine (id int)")
    time.sleep(A_SECOND)
    moved = Project(area / "moved")
    made.root.rename(moved.root)
    assert query(environment(moved, BOTH), "SELECT to_regclass('mine')") == "mine"
    assert masters(moved) == ["postgres", "valkey-server"]
    assert not masters(made)


@pytest.mark.skipif(
    not shutil.which("setpriv") or os.geteuid() != 0, reason="only root can lay a right down"
)
def test_a_moved_checkout_in_a_container(made: Project, area: Path) -> None:
    """Root in a container may not see where other users' processes work, yet finds the server."""
    query(environment(made, BOTH), "CREATE TABLE mine (id int)")
    time.sleep(A_SECOND)
    moved = Project(area / "moved")
    made.root.rename(moved.root)
    drop = ["setpriv", "--bounding-set", "-sys_ptrace", "--inh-caps", "-sys_ptrace"]
    command = [*drop, sys.executable, "-c", ENVIRONMENT, str(moved.root)]
    where = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    told = subprocess.run(command, env=where, check=True, capture_output=True, text=True)
    assert query(json.loads(told.stdout), "SELECT to_regclass('mine')") == "mine"
    assert masters(moved) == ["postgres", "valkey-server"]


def test_a_crowded_server_is_left_alone(shared: Project) -> None:
    """Others hold every connection: PostgreSQL still counts as running, and is not restarted."""
    found = environment(shared, ["postgres"])
    before = recorded(shared, "postgres")
    with ExitStack() as connections:

        def connect_for_ever() -> None:
            while True:
                session = pgwire.login(before.port, "app", before.password, "app")
                connections.enter_context(session)

        with pytest.raises(CrowdedError):
            connect_for_ever()
        assert environment(shared, ["postgres"]) == found
    assert recorded(shared, "postgres") == before


def test_a_recovering_server_is_waited_for(made: Project) -> None:
    """A killed worker makes PostgreSQL recover by itself; nobody restarts it meanwhile."""
    found = environment(made, ["postgres"])
    before = recorded(made, "postgres")
    with pgwire.login(before.port, "app", before.password, "app") as session:
        (own,) = session.run("SELECT pg_backend_pid()")
        assert int(own) in [one.pid for one in servers_below(made.root)]
        os.kill(int(own), signal.SIGKILL)
        assert environment(made, ["postgres"]) == found
    assert recorded(made, "postgres") == before


def test_a_server_that_hangs_is_replaced(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stopped process holds the port and answers nothing: the next command replaces it."""
    monkeypatch.setattr(resp, "TIMEOUT", 0.3)
    monkeypatch.setattr(processes, "PATIENCE", 0.3)
    before = environment(project, ["redis"])
    os.kill(recorded(project, "redis").pid, signal.SIGSTOP)
    assert status(project)[1].state == "silent"
    assert environment(project, ["redis"]) == before
    assert masters(project) == ["valkey-server"]
