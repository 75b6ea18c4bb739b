"""The table of jobs behind ``nox -s tests``, ``lint``, ``types`` and ``step-NN``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workshop.checks.selecting import closest_tests
from workshop.layers import Layer, compose
from workshop.project import Project

PYTHON = sys.executable
LONG = ("tests-learn", "tests-docs", "types")
"""They begin first, beside the last step."""

TOOL = ("workshop", "tests", "bench", "fuzz", "mutants", "noxfile.py")
"""What has types beside the steps."""


@dataclass(frozen=True)
class Command:
    """One program to run; ``counts_tests`` when pytest reports what it ran."""

    arguments: tuple[str, ...]
    folder: Path
    counts_tests: bool = False


@dataclass(frozen=True)
class Job:
    """A named check: it passes when each of its commands returns 0."""

    name: str
    commands: tuple[Command, ...]
    services: tuple[str, ...] = ()

    @property
    def has_tests(self) -> bool:
        """Whether any of its commands runs tests."""
        return any(command.counts_tests for command in self.commands)


def step_name(layer: Layer) -> str:
    """Name the end of a step, for builds, sessions and branches: ``step-02``."""
    return f"step-{layer.number:02}"


def python(folder: Path, *arguments: str) -> Command:
    """Run a module with this environment's interpreter."""
    return Command((PYTHON, "-m", *arguments), folder)


def pytest(folder: Path, *arguments: str) -> Command:
    """Run pytest, quietly unless asked otherwise."""
    return Command((PYTHON, "-m", "pytest", "-q", *arguments), folder, counts_tests=True)


def composition_job(project: Project) -> Job:
    """Check that the layers fit together and that ``final/`` is what they compose to."""
    author = (PYTHON, "-m", "workshop", "author")
    return Job(
        "composition",
        (
            Command((*author, "check"), project.root),
            Command((*author, "final", "--check"), project.root),
        ),
    )


def lint_job(project: Project, layers: tuple[Layer, ...]) -> Job:
    """Check style: of the tool by its rules, of each composed step by the app's own.

    A step that declares import rules has them checked too.
    """
    commands = [
        Command(("ruff", "check", "--quiet", "."), project.root),
        Command(("ruff", "format", "--check", "--quiet", "."), project.root),
    ]
    for number, layer in enumerate(layers, start=1):
        build = project.build(step_name(layer))
        commands += [
            Command(("ruff", "check", "--quiet", "."), build),
            Command(("ruff", "format", "--check", "--quiet", "."), build),
        ]
        if ".importlinter" in compose(layers[:number]):
            commands.append(Command(("lint-imports", "--no-logo"), build))
    return Job("lint", tuple(commands))


def types_job(project: Project, layers: Iterable[Layer]) -> Job:
    """Check the types of the tool and of each composed step.

    The steps share one cache: what two compositions have in common is read once.
    """
    cache = ("--cache-dir", str(project.state / "mypy"), "--no-error-summary")
    tool = python(project.root, "mypy", *TOOL, "--no-error-summary")
    builds = [project.build(step_name(layer)) for layer in layers]
    return Job("types", (tool, *(python(build, "mypy", *cache, ".") for build in builds)))


def tool_jobs(project: Project) -> tuple[Job, ...]:
    """Run the workshop's own tests: one job for each folder of them, one for what lies beside."""
    tests = project.root / "tests"
    folders = sorted({path.parent.name for path in tests.glob("*/test_*.py")})
    loose = sorted(f"tests/{path.name}" for path in tests.glob("test_*.py"))
    return (
        *(Job(f"tests-{name}", (pytest(project.root, f"tests/{name}"),)) for name in folders),
        Job("tests-rest", (pytest(project.root, *loose),)),
    )


def step_job(project: Project, layer: Layer, arguments: tuple[str, ...] = ()) -> Job:
    """Run the tests of a composed step, all of them unless the arguments name some."""
    build = project.build(step_name(layer))
    return Job(step_name(layer), (pytest(build, *arguments),), layer.services)


def step_jobs(
    project: Project, layers: tuple[Layer, ...], *, complete: bool = False
) -> tuple[Job, ...]:
    """Run all tests of the last step, and of each other one those closest to its layer.

    Args:
        project: where the composed steps are.
        layers: all of them.
        complete: whether every step runs all tests, those of the steps below included.

    """
    middle = (
        step_job(project, layer, () if complete else closest_tests(layers[:number]))
        for number, layer in enumerate(layers[:-1], start=1)
    )
    return (step_job(project, layers[-1]), *middle)


def all_jobs(
    project: Project, layers: tuple[Layer, ...], *, complete: bool = False
) -> tuple[Job, ...]:
    """List every job; the long ones first, so that all processors end at about the same time."""
    jobs = (
        *step_jobs(project, layers, complete=complete),
        *tool_jobs(project),
        types_job(project, layers),
        lint_job(project, layers),
        composition_job(project),
    )
    return tuple(sorted(jobs, key=lambda job: job.name not in LONG))
