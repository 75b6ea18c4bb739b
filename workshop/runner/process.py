"""One guarded process: its output line by line, its end, and the certainty that it ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue

from workshop.runner.child import OWN_GROUP, WINDOWS

GUARD = Path(__file__).with_name("child.py")
GRACE = float(os.environ.get("WORKSHOP_STOP_SECONDS", "11"))
"""Seconds that a process has to stop; a little more than the web server gives its last requests."""

LONGEST_LINE = 65_536
LAST_LINES = 20
QUEUED_LINES = 10_000
"""When a terminal cannot keep up with the output, the app waits for it rather than fill memory."""


@dataclass(frozen=True)
class Line:
    """A process has printed a line."""

    name: str
    text: str


@dataclass(frozen=True)
class Ended:
    """A process has ended, and so has everything in its group."""

    name: str
    code: int


Event = Line | Ended


def event_queue() -> Queue[Event]:
    """Make the queue through which processes report."""
    return Queue(QUEUED_LINES)


@dataclass
class GuardedProcess:
    """A command started under `child.py`; its output also goes to ``log``, which starts empty.

    With a queue, `Line` and `Ended` events go there; without one, only the log and `ended` tell.
    """

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    log: Path
    events: Queue[Event] | None = None
    code: int = 0
    """The exit code, once ``ended`` is set; 128 + the number of the signal that ended it."""
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=LAST_LINES))
    ended: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Start it; `Ended` is its last event and comes exactly once."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self._guard = subprocess.Popen(
            [sys.executable, "-I", "-S", str(GUARD), str(GRACE), *self.command],
            cwd=self.folder,
            env=dict(self.environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            creationflags=OWN_GROUP,
        )
        threading.Thread(target=self._follow, daemon=True).start()

    def ask_to_stop(self) -> None:
        """Close the guard's input: SIGTERM now, SIGKILL after `GRACE` seconds."""
        if self._guard.stdin is not None:
            self._guard.stdin.close()

    def kill(self) -> None:
        """End the whole group at once."""
        if WINDOWS:
            self.ask_to_stop()
            self._guard.kill()
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._guard.pid, signal.SIGKILL)

    def _follow(self) -> None:
        reader = threading.Thread(target=self._read, daemon=True)
        reader.start()
        code = self._guard.wait()
        self.kill()  # a guard that was killed leaves its group behind
        reader.join(timeout=1)  # a daemon that left the group may hold the pipe open for ever
        self.ask_to_stop()
        self.code = code if code >= 0 else 128 - code
        self.ended.set()
        self._report(Ended(self.name, self.code))

    def _report(self, event: Event) -> None:
        if self.events is not None:
            self.events.put(event)

    def _read(self) -> None:
        assert self._guard.stdout is not None  # noqa: S101 - Popen was asked for a pipe
        with self._guard.stdout as output, self.log.open("wb", buffering=0) as log:
            while chunk := output.readline(LONGEST_LINE):
                with contextlib.suppress(OSError):  # a full disk must not stop the app
                    log.write(chunk)
                line = chunk.decode("utf-8", "replace").rstrip("\r\n")
                self.last_lines.append(line)
                self._report(Line(self.name, line))
