"""Tasks checked from outside: a text, tests, and a solution that lies over the end of a step.

Each step has a stretch task of this kind; what is more about the capstone is in a module beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.checking.overlay import write_overlay
from workshop.checking.report import Report
from workshop.checking.running import run_tests
from workshop.exercises.starter import end_files
from workshop.layers import Layer, LayerFile, Note
from workshop.layers.names import is_ignored
from workshop.messages import LANGUAGES, current_language
from workshop.project import Project
from workshop.services import environment

FOLDER = "challenge"
PARTS = ("tests", "solution", *(f"README.{language}.md" for language in LANGUAGES))


@dataclass(frozen=True)
class Challenge:
    """A stretch task."""

    path: Path
    folder: str
    """Where its tests lie in the app."""
    tests: dict[str, LayerFile]
    """Path in the app -> test module."""
    solution: dict[str, LayerFile]
    """Path in the app -> file."""

    def text(self) -> str:
        """Return what is asked for, in the language in force."""
        return self.text_path().read_text(encoding="utf-8")

    def text_path(self) -> Path:
        """Name the file that asks for it, in the language in force."""
        return self.path / f"README.{current_language()}.md"

    def solve(self, end: Mapping[str, LayerFile]) -> dict[str, LayerFile]:
        """Lay the solution over the end of the step."""
        return {**end, **self.solution}


def read_challenge(project: Project, layer: Layer) -> Challenge | None:
    """Read the stretch task of a step; None where there is none."""
    path = project.exercises / layer.name / FOLDER
    if not path.is_dir():
        return None
    return Challenge(path, folder_of(path), read_tests(path), read_solution(path))


def folder_of(path: Path) -> str:
    """Say where in the app the tests of a task lie."""
    return f"tests/{path.name}"


def read_tests(path: Path) -> dict[str, LayerFile]:
    """Read the tests of a task, by their paths in the app."""
    folder = folder_of(path)
    tests = {f"{folder}/{name}": file for name, file in _files(path / "tests").items()}
    return tests | ({f"{folder}/__init__.py": LayerFile(b"")} if tests else {})


def read_solution(path: Path) -> dict[str, LayerFile]:
    """Read what solves a task, by paths in the app."""
    return _files(path / "solution")


def challenge_slips(project: Project, layers: Sequence[Layer], layer: Layer) -> Iterator[Note]:
    """Find what is wrong with a stretch task: its tests fail without the solution, pass with it."""
    challenge = read_challenge(project, layer)
    if challenge is None:
        shown = f"{project.exercises.name}/{layer.name}/{FOLDER}"
        yield Note("slip-no-challenge", {"file": shown})
        return
    yield from solution_slips(project, layers, layer, challenge)


def solution_slips(
    project: Project,
    layers: Sequence[Layer],
    layer: Layer,
    challenge: Challenge,
    look: Callable[[Report], Iterator[Note]] = lambda _without: iter(()),
) -> Iterator[Note]:
    """Try out a task: its tests fail without the solution, and pass with it, like all others.

    Args:
        project: where it is built.
        layers: all steps.
        layer: the step over whose end it lies.
        challenge: the task.
        look: finds more in the run without the solution.

    """
    shown = project.relative(challenge.path)
    for part in PARTS:
        if not (challenge.path / part).exists():
            yield Note("slip-challenge-part", {"file": shown, "part": part})
            return
    end = end_files(layers, layer.number)
    services = dict.fromkeys(name for one in layers[: layer.number] for name in one.services)
    variables = environment(project, services)
    name = f"exercise-{layer.number:02}-{challenge.path.name}"

    def run(files: dict[str, LayerFile], *, solved: bool) -> Report:
        folder = project.build(f"{name}-{'with' if solved else 'without'}")
        write_overlay(files, layer, folder)
        # With the solution, everything else has to hold as well.
        return run_tests(folder, variables, [challenge.folder], rest=solved)

    without = run({**end, **challenge.tests}, solved=False)
    if without.passed or not (without.failed or without.collect_errors):
        green = ", ".join(sorted(without.passed)) or "—"
        yield Note("slip-challenge-green", {"file": shown, "tests": green})
    yield from look(without)
    report = run({**challenge.solve(end), **challenge.tests}, solved=True)
    for test in sorted({*report.failed, *report.collect_errors}):
        yield Note("slip-challenge-fails", {"file": shown, "test": test})


def _files(folder: Path) -> dict[str, LayerFile]:
    return {
        path.relative_to(folder).as_posix(): LayerFile(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(is_ignored(part) for part in path.parts)
    }
