"""Reading ``exercise.toml`` and ``stages.toml``; a mistake names the place and what mends it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from workshop.errors import WorkshopError
from workshop.exercises.exercise import Exercise, Task
from workshop.layers import Layer
from workshop.messages import LANGUAGES
from workshop.project import Project
from workshop.targets import Target

FILE = "exercise.toml"
FEWEST_TASKS, MOST_TASKS = 3, 5
FEWEST_HINTS, MOST_HINTS = 2, 4
KNOWN = {
    "": {"together", "tasks"},
    "tasks": {"id", "title", "goal", "hints", "targets", "tests", "needs", "reasons"},
    "stages.toml": {"stages"},
    "stage": {"title", "goal", "tests", "page"},
}
TEST = re.compile(r"tests/[^\s:\\]+\.py(::\w+)*(\[.+\])?")


def exercise_path(project: Project, layer: Layer) -> Path:
    """Return where the exercise of a step is declared."""
    return project.exercises / layer.name / FILE


def read_exercise(project: Project, layer: Layer) -> Exercise | None:
    """Read the exercise of a step; None while the step has none.

    Raises:
        WorkshopError: a mistake in the file.

    """
    path = exercise_path(project, layer)
    if not path.is_file():
        return None
    reader = _Reader(project.relative(path))
    table = reader.parse(path.read_bytes())
    reader.refuse_unknown(table, "")
    written = reader.get(table, "tasks", list, "tasks")
    tasks = tuple(
        reader.task(task, number, layer.number) for number, task in enumerate(written, start=1)
    )
    together = reader.tests(table.get("together", []), "together")
    if not FEWEST_TASKS <= len(tasks) <= MOST_TASKS:
        reader.fail(
            "exercise-count", count=str(len(tasks)), fewest=str(FEWEST_TASKS), most=str(MOST_TASKS)
        )
    exercise = Exercise(layer.number, path, tasks, together)
    reader.check_needs(exercise)
    reader.check_twice(exercise)
    return exercise


def read_stages(project: Project, path: Path) -> tuple[Exercise, tuple[str, ...]]:
    """Read the stages of the capstone, as tasks for which nothing is blanked, and their pages.

    Raises:
        WorkshopError: the file is missing, or there is a mistake in it.

    """
    reader = _Reader(project.relative(path))
    if not path.is_file():
        reader.fail("capstone-no-stages")
    table = reader.parse(path.read_bytes())
    reader.refuse_unknown(table, "stages.toml")
    written = reader.get(table, "stages", list, "stages")
    stages = tuple(reader.stage(stage, number) for number, stage in enumerate(written, start=1))
    exercise = Exercise(step=0, path=path, tasks=stages)
    reader.check_twice(exercise)
    return exercise, tuple(reader.get(stage, "page", str, "page") for stage in written)


class _Reader:
    """One file that is being read."""

    def __init__(self, shown: str) -> None:
        self.shown = shown

    def fail(self, message: str, **values: str) -> NoReturn:
        raise WorkshopError(message, exit_code=1, file=self.shown, **values)

    def parse(self, content: bytes) -> dict[str, Any]:
        try:
            return tomllib.loads(content.decode("utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise WorkshopError("exercise-toml", file=self.shown, reason=str(error)) from error

    def get(self, table: Mapping[str, Any], key: str, kind: type, shown: str) -> Any:  # noqa: ANN401 - of the kind asked for
        if key not in table:
            self.fail("exercise-missing", key=shown)
        if not isinstance(table[key], kind):
            self.fail("exercise-type", key=shown, expected=kind.__name__)
        return table[key]

    def refuse_unknown(self, table: Mapping[str, Any], group: str) -> None:
        for key in table:
            if key not in KNOWN[group]:
                self.fail("exercise-unknown", key=key, known=", ".join(sorted(KNOWN[group])))

    def task(self, table: object, number: int, step: int) -> Task:
        place = f"tasks[{number}]"
        if not isinstance(table, dict):
            raise WorkshopError("exercise-type", file=self.shown, key=place, expected="dict")
        self.refuse_unknown(table, "tasks")
        expected = f"{step:02}.{number}"
        if self.get(table, "id", str, f"{place}.id") != expected:
            self.fail("exercise-id", found=table["id"], expected=expected)
        targets = self.strings(self.get(table, "targets", list, f"{expected} targets"), expected)
        if not targets:
            self.fail("exercise-empty", key=f"{expected} targets")
        tests = self.tests(self.get(table, "tests", list, f"{expected} tests"), expected)
        if not tests:
            self.fail("exercise-empty", key=f"{expected} tests")
        return Task(
            id=expected,
            title=self.bilingual(table, "title", expected),
            goal=self.bilingual(table, "goal", expected),
            hints=self.hints(table, expected),
            targets=tuple(Target.parse(target) for target in targets),
            tests=tests,
            needs=self.strings(table.get("needs", []), f"{expected} needs"),
            reasons=self.strings(table.get("reasons", []), f"{expected} reasons"),
        )

    def stage(self, table: object, number: int) -> Task:
        place = f"stages[{number}]"
        if not isinstance(table, dict):
            raise WorkshopError("exercise-type", file=self.shown, key=place, expected="dict")
        self.refuse_unknown(table, "stage")
        return Task(
            id=str(number),
            title=self.bilingual(table, "title", place),
            goal=self.bilingual(table, "goal", place),
            hints=dict.fromkeys(LANGUAGES, ()),
            targets=(),
            tests=self.tests(self.get(table, "tests", list, f"{place} tests"), place),
        )

    def strings(self, values: object, shown: str) -> tuple[str, ...]:
        if not isinstance(values, list) or not all(
            isinstance(value, str) and value.strip() for value in values
        ):
            raise WorkshopError("exercise-type", file=self.shown, key=shown, expected="list")
        return tuple(values)

    def tests(self, values: object, shown: str) -> tuple[str, ...]:
        found = self.strings(values, f"{shown} tests")
        for test in found:
            if not TEST.fullmatch(test):
                self.fail("exercise-test-form", key=shown, test=test)
        return found

    def bilingual(self, table: Mapping[str, Any], key: str, task: str) -> dict[str, str]:
        texts = self.get(table, key, dict, f"{task} {key}")
        for language in LANGUAGES:
            text = texts.get(language)
            if not isinstance(text, str) or not text.strip():
                self.fail("exercise-language", key=f"{task} {key}", language=language)
        return {language: texts[language].strip() for language in LANGUAGES}

    def hints(self, table: Mapping[str, Any], task: str) -> dict[str, tuple[str, ...]]:
        texts = self.get(table, "hints", dict, f"{task} hints")
        hints = {}
        for language in LANGUAGES:
            if language not in texts:
                self.fail("exercise-language", key=f"{task} hints", language=language)
            hints[language] = self.strings(texts[language], f"{task} hints.{language}")
        counts = {len(hints[language]) for language in LANGUAGES}
        if len(counts) > 1 or not FEWEST_HINTS <= min(counts) <= MOST_HINTS:
            shown = ", ".join(f"{language}: {len(hints[language])}" for language in LANGUAGES)
            limits = {"fewest": str(FEWEST_HINTS), "most": str(MOST_HINTS)}
            self.fail("exercise-hints", task=task, counts=shown, **limits)
        return hints

    def check_needs(self, exercise: Exercise) -> None:
        known: list[str] = []
        for task in exercise.tasks:
            for needed in task.needs:
                if needed not in known:
                    self.fail("exercise-needs", task=task.id, needed=needed)
            known.append(task.id)

    def check_twice(self, exercise: Exercise) -> None:
        owners: dict[str, str] = {}
        declared = [(one.id, test) for one in exercise.tasks for test in one.tests]
        for owner, test in [*declared, *(("together", test) for test in exercise.together)]:
            if test in owners:
                self.fail("exercise-twice", test=test, first=owners[test], second=owner)
            owners[test] = owner
