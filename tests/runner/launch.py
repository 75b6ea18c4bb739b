"""Start ``workshop run`` as people do, read what it prints, look for what it leaves."""

from __future__ import annotations

import contextlib
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil  # type: ignore[import-untyped] # ships no types
import pytest

REPOSITORY = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "workshop", "run")
MARK = "FAKE_MARK"
SOON = 90.0
SETTINGS = ("DATABASE_URL", "REDIS_URL", "ENVIRONMENT", "API_V1_STR", "NO_COLOR")

TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
PARENT = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"


def make_course(folder: Path, source: Path) -> Path:
    """Make a checkout that holds only steps."""
    shutil.copytree(source, folder / "steps", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@dataclass
class Launched:
    """A running ``workshop run``; every process of its app carries a mark in the environment."""

    root: Path
    arguments: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    through: tuple[str, ...] = ()
    """A command that starts the command, such as a parent that can be killed."""
    terminal: bool = False
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __post_init__(self) -> None:
        """Start it in a session of its own."""
        if sys.platform == "win32":
            pytest.skip("the output is read with select, which Windows has for sockets only")
        inherited = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        own = {"WORKSHOP_ROOT": str(self.root), "WORKSHOP_LANG": "en", MARK: self.mark}
        standard: tuple[int, int] = (subprocess.DEVNULL, subprocess.PIPE)
        through = self.through
        if self.terminal:
            self.keyboard, screen = os.openpty()
            standard = (screen, screen)
            through = (sys.executable, "-c", TERMINAL, *through)
        self.process = subprocess.Popen(
            [*through, *COMMAND, *self.arguments],
            cwd=REPOSITORY,
            env=inherited | own | dict(self.settings),
            stdin=standard[0],
            stdout=standard[1],
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.output = b""
        if self.terminal:
            os.close(screen)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        source = self.keyboard if self.terminal else self.process.stdout
        assert source is not None
        number = source if isinstance(source, int) else source.fileno()
        try:
            while True:
                # A blocked read would keep a terminal open that the test closes.
                if select.select([number], [], [], 0.05)[0]:
                    piece = os.read(number, 4096)
                    if not piece:
                        return
                    self.output += piece
        except OSError:
            return  # how Linux ends a terminal

    @property
    def shown(self) -> str:
        """What has been printed so far."""
        return self.output.decode().replace("\r\n", "\n")

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Wait until the output matches."""
        deadline = time.monotonic() + SOON
        while time.monotonic() < deadline:
            if match := re.search(pattern, self.shown):
                return match
            time.sleep(0.02)
        raise AssertionError(f"no {pattern!r} in:\n{self.shown}")

    def ready(self) -> str:
        """Wait until the app answers and the links are shown; return its address."""
        address = self.wait_for(r"The app answers at (\S+)")[1]
        self.wait_for("Ctrl-C")
        return address

    def pid_of(self, name: str) -> int:
        """Read the pid that a process of the fake app has printed."""
        return int(self.wait_for(rf"{name} .*pid=(\d+)")[1])

    def tool(self) -> psutil.Process:
        """Find the tool itself, behind whatever started it."""
        return next(one for one in self.alive() if one.cmdline()[1:3] == ["-m", "workshop"])

    def signal(self, number: signal.Signals) -> None:
        """Signal the tool alone."""
        self.process.send_signal(number)

    def end(self) -> int:
        """Wait for the end and return the exit code."""
        code = self.process.wait(SOON)
        self._reader.join(SOON)
        return code

    def alive(self) -> list[psutil.Process]:
        """Find every living process that carries our mark, the tool included."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            marked = process.environ().get(MARK) == self.mark
            return bool(marked and process.status() != psutil.STATUS_ZOMBIE)
        except psutil.Error:
            return False

    def nothing_left(self, within: float = 6.0) -> bool:
        """Tell whether everything is gone, now or after a moment."""
        deadline = time.monotonic() + within
        while left := self.alive():
            if time.monotonic() > deadline:
                print([process.cmdline() for process in left])  # noqa: T201 - shown when it fails
                return False
            time.sleep(0.05)
        return True

    def clean_up(self) -> None:
        """End whatever a failed test has left."""
        for process in self.alive():
            with contextlib.suppress(psutil.Error):
                process.kill()
        self.process.kill()
        self.process.wait(SOON)
        self._reader.join(SOON)
        if self.process.stdout is not None:
            self.process.stdout.close()
        if self.terminal:
            os.close(self.keyboard)
