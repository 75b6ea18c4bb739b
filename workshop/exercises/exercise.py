"""What the learner is to write in one step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop.messages import current_language
from workshop.targets import Target

Bilingual = Mapping[str, str]


@dataclass(frozen=True)
class Task:
    """One thing to write."""

    id: str
    """Step and number, such as ``05.2``: progress is kept under it."""
    title: Bilingual
    goal: Bilingual
    hints: Mapping[str, tuple[str, ...]]
    """From a nudge to nearly the answer; as many in each language."""
    targets: tuple[Target, ...]
    """The definitions that are blanked."""
    tests: tuple[str, ...]
    """Node ids of pytest that it turns green: a file, a test, or one set of its parameters."""
    needs: tuple[str, ...] = ()
    """Ids of tasks that its tests need as well."""
    reasons: tuple[str, ...] = ()
    """Further errors, by name, with which its tests may fail while it is not written."""


@dataclass(frozen=True)
class Exercise:
    """The tasks of a step."""

    step: int
    path: Path
    """The file that declares it."""
    tasks: tuple[Task, ...]
    together: tuple[str, ...] = ()
    """Tests that need all of the tasks."""

    def task(self, task_id: str) -> Task | None:
        """Find a task by ``05.2``, ``5.2`` or ``2``."""
        step, _, number = task_id.rpartition(".")
        wanted = f"{(step or str(self.step)).zfill(2)}.{number.lstrip('0')}"
        return next((task for task in self.tasks if task.id == wanted), None)

    def with_needs(self, task: Task) -> tuple[Task, ...]:
        """Return the task after everything that it needs, each once."""
        found: dict[str, Task] = {}
        for needed in task.needs:
            for one in self.with_needs(self._by_id(needed)):
                found[one.id] = one
        found[task.id] = task
        return tuple(found.values())

    def _by_id(self, task_id: str) -> Task:
        return next(task for task in self.tasks if task.id == task_id)

    @property
    def number_of(self) -> dict[str, int]:
        """Count the tasks from 1, by id."""
        return {task.id: number for number, task in enumerate(self.tasks, start=1)}


def local(texts: Bilingual) -> str:
    """Choose the text of the language in force."""
    return texts[current_language()]


def covers(declared: str, test: str) -> bool:
    """Whether a declared node id means this test: itself, its parameters, its file or folder.

    A ``*`` stands for anything, as in ``test_it[sort=*]``.
    """
    if "*" in declared:
        return re.fullmatch(".*".join(map(re.escape, declared.split("*"))), test) is not None
    return test == declared or test.startswith((f"{declared}::", f"{declared}[", f"{declared}/"))


def select(declared: Iterable[str], tests: Iterable[str]) -> list[str]:
    """List the tests that the declared ids mean, in the order of the declaration."""
    tests = list(tests)
    found = (test for one in declared for test in tests if covers(one, test))
    return list(dict.fromkeys(found))
