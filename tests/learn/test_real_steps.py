"""The same newcomer in the real steps, with real services: what is taught can be learnt."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from workshop.exercises import Exercise, Task
from workshop.messages import LANGUAGES
from workshop.services import stop

from .course import ROOT, FakeCourse, write

NAMED = re.compile(r"workshop undo \d+")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FakeCourse]:
    """Copy the course, so that this checkout's own workspace and services stay as they are."""
    root = tmp_path_factory.mktemp("real")
    for name in ("steps", "exercises"):
        shutil.copytree(
            ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", ".*_cache")
        )
    for language in ("en", "ru"):
        shutil.copytree(ROOT / "docs" / language / "steps", root / "docs" / language / "steps")
    course = FakeCourse(root)
    yield course
    stop(course.project, wipe=True)


COMPLETE = (1,)
"""Steps whose tests are all run in the journey: with one service, and with two."""
KEPT = 4
"""The step into which the newcomer takes code of their own along."""
OWN = "# This is how I remember it.\n"


@dataclass
class Newcomer:
    """Somebody who works through the course in one workspace, and reads what the tool says."""

    course: FakeCourse
    step: int = 0

    @property
    def language(self) -> str:
        """English in odd steps, Russian in even ones."""
        return LANGUAGES[(self.step + 1) % 2]

    @property
    def exercise(self) -> Exercise | None:
        """What is to be written."""
        return self.course.course.exercise(self.step)

    def run(self, *arguments: str, code: int = 0) -> str:
        """Type a command."""
        status, said = self.course.run(*arguments, language=self.language)
        assert status == code, f"step {self.step}: {arguments}: {said}"
        assert "Traceback (most recent" not in said
        return said

    def sees_the_first_failure(self, first: Task) -> None:
        """The check names the task, the place to write at, the section to read, and a hint."""
        said = self.run("check", code=1)
        assert f"{first.id} {first.title[self.language]}" in said
        assert first.goal[self.language] in said
        assert f"workspace/{first.targets[0].path}:" in said
        assert f"docs/{self.language}/steps/{self.step:02}_" in said
        assert "workshop hint   (" in said

    def takes_every_hint(self, task: Task) -> None:
        """One after the other; the last one names the command that shows the answer."""
        for hint in task.hints[self.language]:
            said = self.run("hint")
            assert hint.splitlines()[0] in said
        assert f"workshop solution {task.id}" in said

    def writes(self, task: Task) -> None:
        """Look at the answer, then take it over; nothing is left blank."""
        said = self.run("solution", task.id)
        for target in task.targets:
            assert f"# {target}" in said
        said = self.run("solution", task.id, "--apply")
        assert NAMED.search(said)
        for target in task.targets:
            written = (self.course.workspace.root / target.path).read_text(encoding="utf-8")
            assert f"exercise {task.id}" not in written

    def has_the_end_of_the_step(self) -> None:
        """But for what the newcomer wrote beside it, every byte is the course's."""
        said = self.run("diff", str(self.step), "mine")
        differing = re.findall(r"(?m)^diff --git a/(\S+) ", said)
        own = ["app/init_data.py"] if self.step in {KEPT - 1, KEPT} else []
        assert differing == [*own, "notes.md"]

    def works_through_the_step(self) -> None:
        """Task by task; in the first steps with a check after the first and the last of them."""
        exercise = self.exercise
        if exercise is None:
            return
        first, *others = exercise.tasks
        self.sees_the_first_failure(first)
        self.takes_every_hint(first)
        self.writes(first)
        if self.step in COMPLETE:
            assert f"✓ {first.id}" in self.run("check", code=1)
            assert others[0].hints[self.language][0] in self.run("hint")
        for task in others:
            self.writes(task)

    def goes_on(self) -> str:
        """By a check of everything where that is quick; once with the newcomer's own code."""
        keep = ("--keep",) if self.step + 1 == KEPT else ()
        return self.run("next", *keep, *(() if self.step in COMPLETE else ("--force",)))


def test_newcomer_goes_from_the_first_step_to_the_last(real: FakeCourse) -> None:
    """In one workspace: begin, see the failure, take hints, write each task, go on, to the end.

    What it does not do: write the code by itself (it takes the course's answers), and run all tests
    of the later steps, which take minutes. That the end of each step, byte by byte the one in which
    this newcomer arrives, passes all of them is the contract: ``nox -s exercises``.
    """
    newcomer = Newcomer(real, step=1)
    root, last = real.workspace.root, len(real.course.layers)
    assert "workshop start 1" in newcomer.run("status")
    newcomer.run("start", "1")
    write(root / "notes.md", "Mine.\n")
    for step in range(1, last + 1):
        newcomer.step = step
        assert real.workspace.read_state().step == step
        newcomer.works_through_the_step()
        if step == KEPT - 1:
            write(root / "app/init_data.py", (root / "app/init_data.py").read_text("utf-8") + OWN)
        newcomer.has_the_end_of_the_step()
        if step < last:
            said = newcomer.goes_on()
            assert f"{step + 1:02}: {real.course.layer(step + 1).title[newcomer.language]}" in said
        if step == KEPT - 1:
            kept = (root / "app/init_data.py").read_text("utf-8")
            assert kept.endswith(OWN)
    assert f"{last:02}" in newcomer.run("next", "--force")
    said = newcomer.run("status")
    assert [f"{number:02} " in said for number in range(1, last + 1)] == [True] * last
    assert "5/5" in said
    assert (root / "notes.md").read_text("utf-8") == "Mine.\n"


def test_missing_migration_is_explained(real: FakeCourse) -> None:
    """PostgreSQL says that the table is not there; the learner is told why that may be."""
    real.run("start", "1")
    exercise = real.course.exercise(1)
    assert exercise is not None
    for task in exercise.tasks:
        real.run("solution", task.id, "--apply")
    real.edit(
        "migrations/versions/0001_create_users.py", '        "users",\n', '        "people",\n'
    )
    code, said = real.run("check", language="ru")
    assert code == 1
    assert "нет таблицы users" in said


def test_service_that_is_down_is_not_the_learners_fault(
    real: FakeCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit code is that of a machine that lacks something, and the answer names the way out."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:app@127.0.0.1:9/app")
    code, said = real.run("check")
    assert code == 3
    assert "127.0.0.1:9" in said


def test_challenge_can_be_checked(real: FakeCourse) -> None:
    """Its text is shown in the learner's language, and its tests run on the learner's code."""
    real.run("start", "2")
    code, said = real.run("check", "1", "--challenge", language="ru")
    assert code == 1
    assert Path("app/core/db/purge.py").name in said
    solution = ROOT / "exercises/01_database/challenge/solution/app/core/db/purge.py"
    shutil.copy(solution, real.workspace.root / "app/core/db/purge.py")
    code, said = real.run("check", "1", "--challenge")
    assert code == 0, said
