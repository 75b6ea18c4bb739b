"""Tasks checked from outside: a text, tests, and a solution that lies over the end of a step.

Each step has a stretch task of this kind, and the whole course one at its end, the capstone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
CAPSTONE = "capstone"
PARTS = ("tests", "solution", *(f"README.{language}.md" for language in LANGUAGES))


@dataclass(frozen=True)
class Challenge:
    """A stretch task, or the capstone."""

    path: Path
    folder: str
    """Where its tests lie in the app."""
    tests: dict[str, LayerFile]
    """Path in the app -> test module."""
    solution: dict[str, LayerFile]
    """Path in the app -> file."""

    def text(self) -> str:
        """Return what is asked for, in the language in force."""
        return (self.path / f"README.{current_language()}.md").read_text(encoding="utf-8")


def read_challenge(project: Project, layer: Layer) -> Challenge | None:
    """Read the stretch task of a step; None where there is none."""
    return _read(project.exercises / layer.name / FOLDER)


def read_capstone(project: Project) -> Challenge | None:
    """Read the capstone; None while there is none."""
    return _read(project.exercises / CAPSTONE)


def _read(path: Path) -> Challenge | None:
    if not path.is_dir():
        return None
    folder = f"tests/{path.name}"
    tests = {f"{folder}/{name}": file for name, file in _files(path / "tests").items()}
    if tests:
        tests[f"{folder}/__init__.py"] = LayerFile(b"")
    return Challenge(path, folder, tests, _files(path / "solution"))


def challenge_slips(project: Project, layers: Sequence[Layer], layer: Layer) -> Iterator[Note]:
    """Find what is wrong with a stretch task: its tests fail without the solution, pass with it."""
    challenge = read_challenge(project, layer)
    if challenge is None:
        shown = f"{project.exercises.name}/{layer.name}/{FOLDER}"
        yield Note("slip-no-challenge", {"file": shown})
        return
    yield from _slips(project, layers, layer, challenge)


def capstone_slips(project: Project, layers: Sequence[Layer]) -> Iterator[Note]:
    """Find what is wrong with the capstone, which lies over the end of the last step."""
    capstone = read_capstone(project)
    if capstone is not None:
        yield from _slips(project, layers, layers[-1], capstone)


def _slips(
    project: Project, layers: Sequence[Layer], layer: Layer, challenge: Challenge
) -> Iterator[Note]:
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
    report = run({**end, **challenge.solution, **challenge.tests}, solved=True)
    for test in sorted({*report.failed, *report.collect_errors}):
        yield Note("slip-challenge-fails", {"file": shown, "test": test})


def _files(folder: Path) -> dict[str, LayerFile]:
    return {
        path.relative_to(folder).as_posix(): LayerFile(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(is_ignored(part) for part in path.parts)
    }
