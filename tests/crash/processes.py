"""The processes of the app, as its Procfile starts them, and started again when they end."""

from __future__ import annotations

import os
import random
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

NUMBERS = {"web": 2, "worker": 2, "relay": 2, "consumers": 2, "scheduler": 1}


def find_free_port() -> int:
    """Ask the system for a port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def read_procfile(app: Path) -> dict[str, list[str]]:
    """Read the commands."""
    lines = (app / "Procfile").read_text(encoding="utf-8").splitlines()
    rows = (line.partition(":") for line in lines if ":" in line)
    return {name.strip(): locate(shlex.split(command)) for name, _, command in rows}


def locate(command: list[str]) -> list[str]:
    """Find the program beside this interpreter."""
    if command[0] == "python":
        return [sys.executable, *command[1:]]
    found = shutil.which(command[0], path=str(Path(sys.executable).parent))
    return [found or command[0], *command[1:]]


@dataclass
class Slot:
    """A process that is to be there; another one takes its place when it is killed."""

    kind: str
    port: int
    log: Path
    process: subprocess.Popen[bytes] | None = None


class Processes:
    """All of them, each in a group of its own: taskiq's workers have children.

    One that is named, such as ``web-1``, may have settings of its own.
    """

    def __init__(
        self,
        app: Path,
        settings: dict[str, str],
        logs: Path,
        numbers: Mapping[str, int] = NUMBERS,
        own: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._app, self._settings, self._own = app, settings, own or {}
        self._commands = read_procfile(app)
        self.kills: Counter[str] = Counter()
        self.ends: Counter[str] = Counter()
        """Processes that ended though nobody killed them."""
        self._slots = [
            Slot(kind, find_free_port() if kind == "web" else 0, logs / f"{kind}-{number}.log")
            for kind, amount in numbers.items()
            for number in range(amount)
        ]

    @property
    def urls(self) -> list[str]:
        """Where the web processes listen."""
        return [f"http://127.0.0.1:{slot.port}" for slot in self._slots if slot.port]

    @property
    def pids(self) -> dict[str, int]:
        """The numbers of the processes, by their names."""
        return {slot.log.stem: slot.process.pid for slot in self._slots if slot.process is not None}

    def start(self) -> None:
        """Start what is not there."""
        for slot in self._slots:
            if slot.process is None or slot.process.poll() is not None:
                if slot.process is not None:
                    self.ends[slot.kind] += 1
                self._spawn(slot)

    def find_ended(self) -> list[str]:
        """Name those that are not there any more, though nobody killed them."""
        return [
            slot.log.stem
            for slot in self._slots
            if slot.process is not None and slot.process.poll() is not None
        ]

    def kill(self, kind: str, chance: random.Random) -> None:
        """Kill one of a kind, with its children, and start another."""
        slot = chance.choice([slot for slot in self._slots if slot.kind == kind])
        self.kills[kind] += 1
        self._signal(slot, signal.SIGKILL)
        self._spawn(slot)

    def signal_all(self, number: int) -> None:
        """Send a signal to every process, the children included."""
        for slot in self._slots:
            if slot.process is not None:
                os.killpg(slot.process.pid, number)

    def stop(self) -> dict[str, int]:
        """Ask all to end; return the exit codes that are no success."""
        codes: dict[str, int] = {}
        for slot in self._slots:
            if slot.process is not None:
                slot.process.send_signal(signal.SIGTERM)
        for slot in self._slots:
            if slot.process is None:
                continue
            try:
                code = slot.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                code = -9
            if code not in {0, -signal.SIGTERM}:
                codes[slot.log.stem] = code
            self._signal(slot, signal.SIGKILL)
        return codes

    def read_logs(self) -> dict[str, str]:
        """Give what each slot's processes have logged."""
        return {
            slot.log.stem: slot.log.read_text(encoding="utf-8", errors="replace")
            for slot in self._slots
            if slot.log.exists()
        }

    def _spawn(self, slot: Slot) -> None:
        with slot.log.open("ab") as output:
            slot.process = subprocess.Popen(
                self._commands[slot.kind],
                cwd=self._app,
                env={
                    **os.environ,
                    **self._settings,
                    **self._own.get(slot.log.stem, {}),
                    "UVICORN_PORT": str(slot.port),
                },
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _signal(self, slot: Slot, number: int) -> None:
        if slot.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(slot.process.pid, number)
            slot.process.wait()
