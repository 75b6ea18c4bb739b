"""Tasks that are still blank in the learner's app: told before it runs, and where it meets one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from workshop.messages import text

MARKER = re.compile(r"NotImplementedError: exercise (?P<task>\d\d\.\d+)\s*$")


@dataclass(frozen=True)
class Blank:
    """A task that is not written."""

    task: str
    title: str
    place: str
    """Path and line, from the checkout's root."""

    def told(self) -> str:
        """Say in one line what is missing, and where."""
        return text("run-blank", task=self.task, title=self.title, place=self.place)


@dataclass(frozen=True)
class Blanks:
    """The blank tasks of an app, in the order of the course."""

    found: tuple[Blank, ...] = ()

    def met(self, lines: Iterable[str]) -> Blank | None:
        """Find the task at which a process says that it failed; the last it names."""
        named = [match["task"] for line in lines if (match := MARKER.search(line))]
        return next((one for one in self.found if named and one.task == named[-1]), None)


TRACEBACK = re.compile(r"^(?P<indent>\s*)Traceback \(most recent call last\):$")
GROUP = re.compile(r"^\s*\+ Exception Group Traceback \(most recent call last\):$")
IN_GROUP = re.compile(r"^\s*[|+]")


@dataclass
class Folding:
    """The lines of one process, in which a traceback that ends at a blank task is one line.

    A traceback is held back until it is clear where it ends. Whoever shows the lines asks for the
    `rest` when the process pauses, so that nothing waits in here.
    """

    blanks: Blanks
    _held: list[str] = field(default_factory=list)
    _inside: re.Pattern[str] | None = None
    """What the further lines of the traceback look like."""

    def feed(self, line: str) -> list[str]:
        """Take a line; gives those that can be shown now."""
        if not self.blanks.found:
            return [line]
        if self._inside is None:
            return self._begin(line)
        if self._inside.match(line):
            self._held.append(line)
            return []
        if self._inside is IN_GROUP:
            return [*self.rest(), *self._begin(line)]
        self._held.append(line)  # the exception itself is the last line
        return self.rest()

    def rest(self) -> list[str]:
        """Give what is held, folded if it is about a blank task."""
        held, self._held, self._inside = self._held, [], None
        met = self.blanks.met(held)
        return [met.told()] if met else held

    def _begin(self, line: str) -> list[str]:
        if GROUP.match(line):
            self._inside = IN_GROUP
        elif found := TRACEBACK.match(line):
            self._inside = re.compile(rf"^{found['indent']}\s|^$")
        else:
            return [line]
        self._held = [line]
        return []
