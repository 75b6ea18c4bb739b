"""Whether the tests of a step notice a mutant."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from itertools import takewhile
from pathlib import Path, PurePosixPath

from mutants.changing import Mutant
from workshop.checking.ahead import prepare
from workshop.checking.overlay import write_overlay
from workshop.checking.report import Report
from workshop.checking.running import run_tests
from workshop.checks.jobs import step_name
from workshop.checks.selecting import closest_tests, imported_names
from workshop.exercises import end_files
from workshop.layers import Layer, LayerFile
from workshop.project import Project
from workshop.services import environment

PATIENCE, LEAST = 3.0, 30.0
"""A mutant may take so many times the seconds of the step's tests, and so many seconds more."""


class RedError(Exception):
    """The tests of a step fail without any change."""


class Judge:
    """Runs the tests that ``workshop check`` would run, the likeliest to fail first.

    Those are all tests of the composed step. Most mutants fall to the first of them; only one that
    survives costs the whole run.

    Raises:
        WorkshopError: a service cannot be started.

    """

    def __init__(self, project: Project, layers: Sequence[Layer], number: int) -> None:
        self.layer = layers[number - 1]
        self.files = end_files(layers, number)
        self.tests = closest_tests(layers[:number])
        self.folder: Path = project.build(f"mutants-{step_name(self.layer)}")
        needs = dict.fromkeys(name for layer in layers[:number] for name in layer.services)
        self.addresses = environment(project, needs)
        self.limit: float | None = None

    def begin(self) -> float:
        """Run all tests on the code as it is; return the seconds.

        Raises:
            RedError: some fail.

        """
        report = self._run(self.files, self.tests)
        if not is_green(report):
            failed = ", ".join(sorted((*report.failed, *report.collect_errors))[:3])
            what = failed or (report.hang.test if report.hang else f"see {report.log}")
            raise RedError(f"{self.layer.name}: its own tests fail without a change: {what}")
        self.limit = PATIENCE * report.seconds + LEAST
        return report.seconds

    def survives(self, mutant: Mutant) -> bool:
        """Tell whether all tests pass all the same."""
        changed = LayerFile(mutant.source.encode("utf-8"))
        order = nearest_first(mutant.path, self.tests, self.files)
        return is_green(self._run({**self.files, mutant.path: changed}, order))

    def _run(self, files: Mapping[str, LayerFile], order: Sequence[str]) -> Report:
        write_overlay(files, self.layer, self.folder)
        until = None if self.limit is None else time.monotonic() + self.limit

        def is_over(_ended: int, _known: int) -> bool:
            prepare(self.folder)  # the next process imports what this one has
            return until is not None and time.monotonic() > until

        return run_tests(
            self.folder, self.addresses, order, stop_at_failure=True, meanwhile=is_over
        )


def is_green(report: Report) -> bool:
    """Tell whether every test ran and passed: a hang or a crash of the process is noticed too."""
    return report.finished and report.whole and not report.failed and not report.collect_errors


def nearest_first(
    path: str, tests: Sequence[str], files: Mapping[str, LayerFile]
) -> tuple[str, ...]:
    """Sort test modules: the one of the module's name, those that import it, its neighbours."""
    place = PurePosixPath(path).with_suffix("")
    module = ".".join(place.parts)
    mirror = PurePosixPath("tests", *place.parts[1:])

    def distance(test: str) -> tuple[bool, bool, int]:
        here = PurePosixPath(test)
        pairs = zip(here.parts, mirror.parts, strict=False)
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
        way = len(here.parts) + len(mirror.parts) - 2 * shared
        imports = module in set(imported_names(files[test].content))
        return here.stem != f"test_{mirror.name}", not imports, way

    return tuple(sorted(tests, key=distance))
