"""Reasons to stop that come from outside: a signal, a vanished parent, a closed output."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import AbstractContextManager
from enum import Enum
from threading import Thread
from types import FrameType
from typing import Self, TypeVar

Result = TypeVar("Result")

POLL = 0.1
"""Seconds between two looks at the reasons to stop."""

BOUNCE = 0.5
"""Seconds within which a second SIGINT is the first one again, forwarded by a parent."""


class Cause(Enum):
    """Why to stop; the value is the exit code: by convention 128 + the number of the signal."""

    INTERRUPT = 130
    TERMINATE = 143
    HANGUP = 129
    OUTPUT_CLOSED = 141
    PARENT_GONE = 1


SIGNALS = {
    "SIGINT": Cause.INTERRUPT,
    "SIGBREAK": Cause.INTERRUPT,  # Windows only
    "SIGTERM": Cause.TERMINATE,
    "SIGHUP": Cause.HANGUP,  # not on Windows
}


class StopAskedError(Exception):
    """Raised only where the code is ready for it, never in the middle of a statement."""

    def __init__(self, cause: Cause) -> None:
        self.cause = cause
        super().__init__(cause.name)


class Interrupts(AbstractContextManager["Interrupts"]):
    """Notes reasons to stop while it is entered; `check` raises the first one.

    The first time it calls ``announce``, so that the person knows before anything is waited for.

    Under ``nohup`` (SIGHUP ignored) the command is meant to outlive its terminal and its parent,
    so neither counts.
    """

    def __init__(self) -> None:
        self.cause: Cause | None = None
        self.announce: Callable[[Cause], None] | None = None
        self.insisted = False
        """Whether Ctrl-C was pressed again: do not wait for anything any more."""
        self._noted_at = 0.0
        self._parent_lives: Callable[[], bool] = _yes
        self._former: dict[int, signal.Handlers | Callable[..., object] | int | None] = {}

    def __enter__(self) -> Self:
        """Install the handlers."""
        available = {name: getattr(signal, name) for name in SIGNALS if hasattr(signal, name)}
        self._causes = {number: SIGNALS[name] for name, number in available.items()}
        hangup = available.get("SIGHUP")
        detached = hangup is not None and signal.getsignal(hangup) is signal.SIG_IGN
        self._parent_lives = parent_watch() if not detached else _yes
        for number in available.values():
            if not (detached and number == hangup):
                self._former[number] = signal.signal(number, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        """Put the former handlers back."""
        for number, handler in self._former.items():
            signal.signal(number, handler)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        cause = self._causes[number]
        if self.cause is None:
            self.cause, self._noted_at = cause, time.monotonic()
        elif cause is Cause.INTERRUPT and time.monotonic() - self._noted_at > BOUNCE:
            self.insisted = True

    def output_closed(self) -> None:
        """Note that nobody reads what is printed any more."""
        self.cause = self.cause or Cause.OUTPUT_CLOSED

    def check(self) -> None:
        """Go on if there is no reason to stop.

        Raises:
            StopAskedError: there is one.

        """
        if self.cause is None and not self._parent_lives():
            self.cause = Cause.PARENT_GONE
        if self.cause is None:
            return
        announce, self.announce = self.announce, None
        if announce is not None:
            announce(self.cause)
        raise StopAskedError(self.cause)

    def wait_for(self, future: Future[Result]) -> Result:
        """Return the result of work in another thread, looking at the reasons to stop meanwhile.

        Raises:
            StopAskedError: there is a reason to stop; the work goes on.

        """
        while not future.done():
            self.check()
            wait([future], POLL)
        return future.result()

    def linger(self, future: Future[Result], seconds: float) -> None:
        """Wait until work is done, well or badly; not beyond the time, nor a second Ctrl-C."""
        deadline = time.monotonic() + seconds
        while not (future.done() or self.insisted or time.monotonic() > deadline):
            wait([future], POLL)


def in_background(work: Callable[[], Result]) -> Future[Result]:
    """Do work in a thread that does not keep the interpreter from ending."""
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - it is raised where the result is asked for
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future


def parent_watch() -> Callable[[], bool]:
    """Make a function that tells whether the process that started us still lives.

    The parent may be killed without a chance to tell us; on POSIX we are then handed to another
    one. Windows keeps the dead one's number, so its start time is compared as well.
    """
    if sys.platform == "win32":
        import psutil  # noqa: PLC0415 - slow to import, needed on Windows only

        return psutil.Process(os.getppid()).is_running
    parent = os.getppid()
    return lambda: os.getppid() == parent


def _yes() -> bool:
    return True
