"""What is still as blank as the course gave it: known without running anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from workshop.exercises.exercise import Exercise, Task
from workshop.layers import LayerFile
from workshop.targets import Target

EMPTY_VALUES = r"(?:\(\)|\[\]|\{\}|set\(\)|\"\"|0|0\.0|None)"
"""What `workshop.exercises.blanking` leaves of an assigned value."""


@dataclass(frozen=True)
class Unwritten:
    """A definition that is to be written."""

    target: Target
    line: int
    """Counted from 1; 0 when the file is missing."""


def find_unwritten(files: Mapping[str, LayerFile], task: Task) -> Unwritten | None:
    """Return the first definition of a task that is blank, or whose file is missing."""
    number = re.escape(task.id)
    marker = re.compile(
        rf"NotImplementedError\(['\"]exercise {number}['\"]\)"
        rf"|=\s*{EMPTY_VALUES}\s+# exercise {number}$"
    )
    for target in task.targets:
        file = files.get(target.path)
        if file is None:
            return Unwritten(target, 0)
        text = file.content.decode("utf-8", "replace")
        for line, written in enumerate(text.splitlines(), start=1):
            if marker.search(written.rstrip()):
                return Unwritten(target, line)
    return None


def unwritten_tasks(files: Mapping[str, LayerFile], exercise: Exercise) -> dict[str, Unwritten]:
    """Map the ids of tasks that are not written to what is missing, in the order of the tasks."""
    found = {task.id: find_unwritten(files, task) for task in exercise.tasks}
    return {task: missing for task, missing in found.items() if missing is not None}
