"""The processes of a ``Procfile``, all or none."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from queue import Empty, Queue
from typing import NoReturn, TypeVar

from workshop.messages import text
from workshop.runner.blanks import Blanks, Folding
from workshop.runner.interrupts import POLL, Interrupts
from workshop.runner.output import Output
from workshop.runner.process import GRACE, Ended, Event, GuardedProcess

Found = TypeVar("Found")

SLOW = 30
"""Seconds after which a person should be told that the app does not answer yet."""

PATIENCE = GRACE + 2.0
"""Seconds after which a guard that should have ended its process is ended itself."""


class ProcessDiedError(Exception):
    """A process ended although nobody asked it to."""

    def __init__(self, process: GuardedProcess, code: int) -> None:
        self.process = process
        self.code = code
        super().__init__(f"{process.name} ended with code {code}")


class Supervisor:
    """Starts processes, shows their output, and stops them together."""

    def __init__(
        self,
        processes: Sequence[GuardedProcess],
        events: Queue[Event],
        output: Output,
        interrupts: Interrupts,
        blanks: Blanks,
    ) -> None:
        self._folding = {process.name: Folding(blanks) for process in processes}
        self._processes = {process.name: process for process in processes}
        self._alive: dict[str, GuardedProcess] = {}
        self._events = events
        self._output = output
        self._interrupts = interrupts

    def start(self) -> None:
        """Start them in the order of the Procfile."""
        self._output.name_processes(list(self._processes))
        for name, process in self._processes.items():
            process.start()
            self._alive[name] = process

    def watch(self, ready: Future[Found], greet: Callable[[Found], None]) -> NoReturn:
        """Show output until there is a reason to stop; greet once with what is ready.

        Raises:
            StopAskedError: a reason from outside.
            ProcessDiedError: one of them ended.

        """
        greeted, slow_at = False, time.monotonic() + SLOW
        while True:
            self._interrupts.check()
            if not greeted and ready.done():
                greeted = True
                greet(ready.result())
            elif not greeted and time.monotonic() > slow_at:
                slow_at = math.inf
                self._output.say(text("run-slow", seconds=SLOW))
            ended = self._show_next()
            if ended is not None:
                raise ProcessDiedError(self._processes[ended.name], ended.code)

    def stop(self) -> None:
        """Ask all of them to stop, wait, and kill what is left or when Ctrl-C is pressed again."""
        for process in self._alive.values():
            process.ask_to_stop()
        deadline = time.monotonic() + PATIENCE
        while self._alive:
            if self._interrupts.insisted or time.monotonic() > deadline:
                for process in self._alive.values():
                    process.kill()
            self._show_next()

    def _show_next(self) -> Ended | None:
        try:
            event = self._events.get(timeout=POLL)
        except Empty:
            for name in self._folding:
                self._show(name, self._folding[name].rest())
            return None
        if isinstance(event, Ended):
            self._show(event.name, self._folding[event.name].rest())
            del self._alive[event.name]
            return event
        self._show(event.name, self._folding[event.name].feed(event.text))
        return None

    def _show(self, name: str, lines: Iterable[str]) -> None:
        for line in lines:
            self._output.line(name, line)
