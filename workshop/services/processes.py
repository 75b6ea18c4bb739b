"""Start servers that outlive the command, and find them again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil  # type: ignore[import-untyped]  # it ships no types

from workshop.errors import WorkshopError

if TYPE_CHECKING:
    from workshop.services.place import Place
    from workshop.services.record import Record

KEPT = ("PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "SYSTEMDRIVE", "USERPROFILE")
PATIENCE = 10.0
SAME_START = 1.0
LARGEST_LOG = 10_000_000

WINDOWS = sys.platform == "win32"


def surroundings() -> dict[str, str]:
    """Give a server's environment: no PGDATA or LC_ALL of the user's shell may change it."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def spawn(
    command: Sequence[str], *, cwd: Path, log: Path, options: Mapping[str, Any]
) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own, where no Ctrl-C of our terminal reaches it.

    Args:
        command: the program and its arguments; no secrets, every user can read them.
        cwd: its working directory.
        log: where its output is appended.
        options: more keyword arguments of `subprocess.Popen`.

    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        flags |= os.O_TRUNC
    detached: dict[str, Any] = {"start_new_session": True, "umask": 0o077}
    if WINDOWS:
        new_group = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        detached = {"creationflags": new_group | getattr(subprocess, "DETACHED_PROCESS", 0)}
    with os.fdopen(os.open(log, flags, 0o600), "ab") as output:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=surroundings(),
            **detached,
            **options,
        )
    # Whoever starts a server and lives on must not keep its corpse as a zombie.
    threading.Thread(target=process.wait, daemon=True, name=f"reap-{process.pid}").start()
    return process


def started(pid: int) -> float:
    """Return when a process began, in seconds since the epoch; 0 when there is none."""
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return 0.0


def lives(record: Record) -> bool:
    """Tell whether the recorded process still runs, and is not another with a recycled pid."""
    try:
        process = psutil.Process(record.pid)
    except (psutil.Error, ValueError):
        return False
    return abs(process.create_time() - record.started) < SAME_START and _runs(process)


def servers_of(
    place: Place, programs: Iterable[str], record: Record | None
) -> list[psutil.Process]:
    """Find the servers of a checkout: by their directory, and by the record.

    The record alone knows the server of a checkout that has moved, where its working directory may
    not be looked at.
    """
    found = running_in(place.data, programs)
    if record and record.belongs_in(place) and lives(record):
        found = [psutil.Process(record.pid), *(one for one in found if one.pid != record.pid)]
    return found


def running_in(data: Path, programs: Iterable[str]) -> list[psutil.Process]:
    """Find the servers that work in a data directory, whoever started them and when.

    A server keeps its working directory when the directory is moved, and remembers the path when it
    is deleted. So this finds what a lost record would hide, and leaves alone the server of the
    checkout that ours is a copy of.
    """
    wanted = os.path.realpath(data)
    names = {name.lower() for program in programs for name in (program, f"{program}.exe")}
    candidates = (
        process
        for process in psutil.process_iter(["name"])
        if (process.info["name"] or "").lower() in names
    )
    return [process for process in candidates if _works_in(process) == wanted]


def _works_in(process: psutil.Process) -> str:
    try:
        return str(os.path.realpath(process.cwd()))
    except psutil.AccessDenied:
        # Root in a container may not look into another user's processes, but may read this.
        return _data_argument(process)
    except (psutil.Error, OSError):
        return ""


def _data_argument(process: psutil.Process) -> str:
    try:
        arguments = process.cmdline()
        return str(os.path.realpath(arguments[arguments.index("-D") + 1]))
    except (psutil.Error, OSError, ValueError, IndexError):
        return ""


def end(processes: Sequence[psutil.Process], gentle: signal.Signals) -> None:
    """Stop servers and their workers: gently first, by force after ten seconds.

    Raises:
        WorkshopError: one of them belongs to another user.

    """
    known = {process.pid for process in processes}
    for process in processes:
        if _parent(process) not in known:
            _signal(process, gentle)
    for process in _wait(processes):
        _signal(process, None)
    _wait(processes)


def _wait(processes: Sequence[psutil.Process]) -> list[psutil.Process]:
    """Wait until all have ended; return those that have not after ten seconds.

    A zombie has ended: in containers the process that should collect it often never does.
    """
    deadline = time.monotonic() + PATIENCE
    while left := [process for process in processes if _runs(process)]:
        if time.monotonic() > deadline:
            break
        time.sleep(0.005)
    return left


def _runs(process: psutil.Process) -> bool:
    try:
        if not process.is_running():
            return False
        # The last threads of a zombie still hold its port for some milliseconds.
        return bool(process.status() != psutil.STATUS_ZOMBIE or process.num_threads() > 1)
    except psutil.Error:
        return False


def _parent(process: psutil.Process) -> int:
    try:
        return int(process.ppid())
    except psutil.Error:
        return 0


def _signal(process: psutil.Process, what: signal.Signals | None) -> None:
    try:
        if what is None:
            process.kill()
        elif WINDOWS:
            process.terminate()
        else:
            process.send_signal(what)
    except psutil.NoSuchProcess:
        pass  # it has ended by itself
    except psutil.AccessDenied as error:
        raise WorkshopError(
            "services-other-user",
            program=process.name(),
            pid=str(process.pid),
            user=process.username(),
        ) from error
