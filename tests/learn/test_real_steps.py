"""The same newcomer in the real steps, with real services: what is taught can be learnt."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from workshop.layers import read_layers
from workshop.project import Project
from workshop.services import stop

from .course import ROOT, FakeCourse

NUMBERS = [
    layer.number
    for layer in read_layers(Project(ROOT))
    if (ROOT / "exercises" / layer.name / "exercise.toml").is_file()
]


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


@pytest.mark.parametrize("number", NUMBERS)
def test_step_can_be_begun(real: FakeCourse, number: int) -> None:
    """The first failure is explained; odd steps in English, even ones in Russian.

    That the solutions pass all tests of their step is the contract: ``nox -s exercises`` checks it.
    """
    language = "en" if number % 2 else "ru"

    def run(*arguments: str, code: int = 0) -> str:
        status, said = real.run(*arguments, language=language)
        assert status == code, said
        return said

    run("start", str(number))
    exercise = real.course.exercise(number)
    assert exercise is not None
    first = exercise.tasks[0]
    said = run("check", code=1)
    assert first.title[language] in said
    assert f"workspace/{first.targets[0].path}:" in said
    assert f"docs/{language}/steps/" in said
    assert first.hints[language][0] in run("hint")


@pytest.mark.parametrize("number", NUMBERS[:2])
def test_step_is_learnt(real: FakeCourse, number: int) -> None:
    """Task by task, until all tests of the step pass; with one service, and with two."""
    real.run("start", str(number))
    exercise = real.course.exercise(number)
    assert exercise is not None
    first, *others = exercise.tasks
    real.run("solution", first.id, "--apply")
    code, said = real.run("check")
    assert code == 1
    assert f"✓ {first.id}" in said
    assert others[0].hints["en"][0] in real.run("hint")[1]
    for task in others:
        real.run("solution", task.id, "--apply")
    code, said = real.run("check")
    assert code == 0, said


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
