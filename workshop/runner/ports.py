"""Which port the app gets, and who holds the one it cannot have."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import socket
from dataclasses import dataclass
from pathlib import Path

import filelock

from workshop.errors import WorkshopError
from workshop.runner.shortening import shorten

DEFAULT = 8000
LAST = 65_535
NUMBER = re.compile(r"[1-9][0-9]{0,4}")
WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared with, never bound by default
CONNECT_TIMEOUT = 0.5


@dataclass
class Port:
    """A port that is ours until `release`.

    Until `hand_over` we listen on it ourselves, so that nobody takes it while the app is being
    prepared; from then on until the app listens, at least other runs of this checkout leave it
    alone.
    """

    host: str
    number: int
    _lock: filelock.BaseFileLock
    _reserved: socket.socket

    @property
    def reachable_host(self) -> str:
        """Where a browser on this machine finds it: a wildcard is no address."""
        return WILDCARDS.get(self.host, self.host)

    @property
    def url(self) -> str:
        """The app's address without a path."""
        host = self.reachable_host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.number}"

    def hand_over(self) -> None:
        """Make room for the app to listen."""
        self._reserved.close()

    def release(self) -> None:
        """Let others have it."""
        self._reserved.close()
        self._lock.release()


def parse_port(asked: str) -> int:
    """Read ``--port``.

    Raises:
        WorkshopError: not a number from 1 to 65535.

    """
    if not NUMBER.fullmatch(asked) or int(asked) > LAST:
        raise WorkshopError("run-port-wrong", exit_code=2, asked=shorten(asked))
    return int(asked)


def take_port(host: str, asked: int | None, locks: Path) -> Port:
    """Take the port asked for, or the first free one from `DEFAULT` on.

    Args:
        host: the address that the app will listen on.
        asked: what ``--port`` says; then no other one will do.
        locks: directory in which two runs agree who has which.

    Raises:
        WorkshopError: the port asked for is taken or forbidden, or the host is not ours.

    """
    candidates = range(DEFAULT, LAST + 1) if asked is None else (asked,)
    for number in candidates:
        lock = _lock(number, locks)
        if lock is None:
            continue
        if (reserved := _reserve(host, number)) is not None:
            return Port(host, number, lock, reserved)
        lock.release()
    if asked is None:
        raise WorkshopError("run-port-none", exit_code=3, first=str(DEFAULT), last=str(LAST))
    raise _taken(host, asked)


def _lock(number: int, locks: Path) -> filelock.BaseFileLock | None:
    locks.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(locks / f"port-{number}.lock", timeout=0)
    with contextlib.suppress(filelock.Timeout):
        lock.acquire()
        return lock
    return None


def _reserve(host: str, number: int) -> socket.socket | None:
    """Listen on a port if nobody else does."""
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, number, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, ValueError) as error:  # ValueError: not even the shape of a name
        raise WorkshopError("run-host-wrong", exit_code=2, host=shorten(host)) from error
    if _answers(WILDCARDS.get(host, host), number):
        return None
    reserved = socket.socket(family, socket.SOCK_STREAM)
    if _listen(reserved, address, host):
        return reserved
    reserved.close()
    return None


def _answers(host: str, number: int) -> bool:
    """Ask whether someone listens; macOS lets an address be bound below another's wildcard."""
    with contextlib.suppress(OSError):
        socket.create_connection((host, number), CONNECT_TIMEOUT).close()
        return True
    return False


def _listen(reserved: socket.socket, address: tuple[object, ...], host: str) -> bool:
    if os.name == "posix":  # as servers do: connections that are closing do not count
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        reserved.bind(address)
        reserved.listen(1)
    except OSError as error:
        reserved.close()
        # A port that another program holds exclusively is "forbidden" on Windows.
        if error.errno == errno.EADDRINUSE or (os.name == "nt" and error.errno == errno.EACCES):
            return False
        if error.errno == errno.EACCES:
            port = {"port": str(address[1]), "free": str(DEFAULT)}
            raise WorkshopError("run-port-forbidden", exit_code=3, **port) from error
        raise WorkshopError("run-host-wrong", exit_code=2, host=shorten(host)) from error
    return True


def _taken(host: str, number: int) -> WorkshopError:
    from workshop.runner.port_holder import find_holder  # noqa: PLC0415 - psutil, for errors only

    other, holder = str(_suggest(host)), find_holder(number)
    if holder is None:
        return WorkshopError("run-port-taken", port=str(number), other=other)
    return WorkshopError(
        "run-port-held-windows" if os.name == "nt" else "run-port-held",
        port=str(number),
        other=other,
        pid=str(holder.pid),
        process=holder.command,
    )


def _suggest(host: str) -> int:
    for number in range(DEFAULT, LAST + 1):
        if (reserved := _reserve(host, number)) is not None:
            reserved.close()
            return number
    return DEFAULT
