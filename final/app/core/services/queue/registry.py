"""Which tasks there are: filled once, at the start."""

import re
from collections.abc import Iterator

from app.core.mediator.registry import RegistryError, walk_subclasses
from app.core.services.queue.task import BaseTask

Task = type[BaseTask]
TaskTable = tuple[Task, ...]

CRON_LIMITS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 6))
"""Minute, hour, day of the month, month, day of the week (0 is Sunday)."""
CRON_PART = re.compile(r"(\d+)|(?:\*|(\d+)-(\d+))(?:/0*[1-9]\d*)?")
"""Behind a single number a step has no meaning: pycron would pass over the whole part."""


class TaskRegistry:
    """A map from the names of tasks to their classes, and when some of them run by themselves."""

    def __init__(self) -> None:
        self._tasks: dict[str, Task] = {}
        self._crons: dict[Task, str] = {}

    def register(self, *tasks: Task) -> None:
        """Add the table of a module.

        Raises:
            RegistryError: two tasks have one name.

        """
        for task in tasks:
            first = self._tasks.setdefault(task.get_name(), task)
            if first is not task:
                raise RegistryError(
                    f"{first.__module__}.{first.__name__} and {task.__module__}.{task.__name__} "
                    f"are both named {task.get_name()!r}. Give one of them another name."
                )

    def schedule(self, task: Task, cron: str) -> None:
        """Let a registered task run whenever the clock, in UTC, matches five fields.

        Raises:
            RegistryError: this is no schedule, or the task is not registered.

        """
        self._require(task)
        if not is_cron(cron):
            raise RegistryError(
                f"{task.__name__} cannot run at {cron!r}. Write five fields of numbers, such as "
                "'*/10 * * * *': minute, hour, day, month, day of the week. A step such as /10 "
                "stands behind * or a range."
            )
        self._crons[task] = cron

    def require_all(self, package: str) -> None:
        """Make sure that workers know every task which a package defines.

        Raises:
            RegistryError: a task is in no table.

        """
        for task in walk_subclasses(BaseTask):
            if f"{task.__module__}.".startswith(f"{package}."):
                self._require(task)

    def __iter__(self) -> Iterator[tuple[Task, str | None]]:
        """Give each task, with its schedule if it has one."""
        return ((task, self._crons.get(task)) for task in self._tasks.values())

    def _require(self, task: Task) -> None:
        if self._tasks.get(task.get_name()) is not task:
            raise RegistryError(
                f"{task.__module__}.{task.__name__} is not registered. "
                "Add it to the table in its module's di/tasks.py."
            )


def is_cron(text: str) -> bool:
    """Tell whether this is a schedule; taskiq takes nonsense too, and then never runs the task."""
    fields = text.split(" ")
    return len(fields) == len(CRON_LIMITS) and all(
        is_cron_part(part, *limits)
        for field, limits in zip(fields, CRON_LIMITS, strict=True)
        for part in field.split(",")
    )


def is_cron_part(part: str, least: int, most: int) -> bool:
    """Tell whether this is ``5``, or ``*`` or ``5-9``, these perhaps with a step such as ``/2``."""
    found = CRON_PART.fullmatch(part)
    if found is None:
        return False
    numbers = [int(number) for number in found.groups() if number]
    return numbers == sorted(numbers) and all(least <= number <= most for number in numbers)
