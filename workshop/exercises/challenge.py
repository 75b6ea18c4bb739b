"""The stretch task of a step: a text, tests, and a solution that lies over the end of the step."""

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
TESTS = "tests/challenge"
"""Where its tests lie in the app."""


@dataclass(frozen=True)
class Challenge:
    """A stretch task."""

    path: Path
    tests: dict[str, LayerFile]
    """Path in the app -> test module."""
    solution: dict[str, LayerFile]
    """Path in the app -> file."""

    def text(self) -> str:
        """Return what is asked for, in the language in force."""
        return (self.path / f"README.{current_language()}.md").read_text(encoding="utf-8")


def read_challenge(project: Project, layer: Layer) -> Challenge | None:
    """Read the stretch task of a step; None where there is none."""
    path = project.exercises / layer.name / FOLDER
    if not path.is_dir():
        return None
    tests = {f"{TESTS}/{name}": file for name, file in _files(path / "tests").items()}
    if tests:
        tests[f"{TESTS}/__init__.py"] = LayerFile(b"")
    return Challenge(path, tests, _files(path / "solution"))


def challenge_slips(project: Project, layers: Sequence[Layer], layer: Layer) -> Iterator[Note]:
    """Find what is wrong with a stretch task: its tests fail without the solution, pass with it."""
    challenge = read_challenge(project, layer)
    shown = f"{project.exercises.name}/{layer.name}/{FOLDER}"
    if challenge is None:
        yield Note("slip-no-challenge", {"file": shown})
        return
    for name in ("tests", "solution", *(f"README.{language}.md" for language in LANGUAGES)):
        if not (challenge.path / name).exists():
            yield Note("slip-challenge-part", {"file": shown, "part": name})
            return
    end = end_files(layers, layer.number)
    services = dict.fromkeys(name for one in layers[: layer.number] for name in one.services)
    variables = environment(project, services)
    without = _run(project, layer, {**end, **challenge.tests}, variables, "without")
    if without.passed or not (without.failed or without.collect_errors):
        green = ", ".join(sorted(without.passed)) or "—"
        yield Note("slip-challenge-green", {"file": shown, "tests": green})
    solved = {**end, **challenge.solution, **challenge.tests}
    report = _run(project, layer, solved, variables, "with")
    for test in sorted({*report.failed, *report.collect_errors}):
        yield Note("slip-challenge-fails", {"file": shown, "test": test})


def _run(
    project: Project,
    layer: Layer,
    files: dict[str, LayerFile],
    variables: dict[str, str],
    name: str,
) -> Report:
    folder = project.build(f"exercise-{layer.number:02}-challenge-{name}")
    write_overlay(files, layer, folder)
    # With the solution, everything else has to hold as well.
    return run_tests(folder, variables, [TESTS], rest=name == "with")


def _files(folder: Path) -> dict[str, LayerFile]:
    return {
        path.relative_to(folder).as_posix(): LayerFile(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(is_ignored(part) for part in path.parts)
    }
