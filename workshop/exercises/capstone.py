"""The capstone: a module that the learner builds from nothing, at the end of the course.

It is a task checked from outside, in stages. Its solution adds files of its own; the lines that it
adds to files of the course are a patch, so that they follow whatever the course does with them.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.checking.report import Report
from workshop.errors import WorkshopError
from workshop.exercises.challenge import (
    Challenge,
    folder_of,
    read_solution,
    read_tests,
    solution_slips,
)
from workshop.exercises.contract import RIGHT_REASONS
from workshop.exercises.exercise import Exercise, Task, covers
from workshop.exercises.reading import read_stages
from workshop.exercises.starter import end_files
from workshop.layers import Layer, LayerFile, Note
from workshop.layers.git import Repository
from workshop.messages import LANGUAGES
from workshop.project import Project

CAPSTONE = "capstone"
STAGES = "stages.toml"
PATCH = "registration.patch"
PATCHED = re.compile(rb"(?m)^\+\+\+ b/(.+)$")


@dataclass(frozen=True)
class Capstone(Challenge):
    """The task after the last step."""

    exercise: Exercise
    """Its stages, in the order in which they are built; nothing is blanked for them."""
    pages: tuple[str, ...]
    """What to read for each stage, below ``docs/<language>``."""
    patch: bytes
    """What the solution adds to files of the course."""

    def page(self, stage: Task) -> str:
        """Say what to read for a stage."""
        return self.pages[self.exercise.tasks.index(stage)]

    def solve(self, end: Mapping[str, LayerFile]) -> dict[str, LayerFile]:
        """Lay the solution over the end of the course.

        Raises:
            WorkshopError: the course has changed what the patch is about.

        """
        files = super().solve(end)
        return files | apply_patch(files, self.patch, f"{self.path.name}/{PATCH}")


def read_capstone(project: Project) -> Capstone | None:
    """Read the capstone; None while there is none.

    Raises:
        WorkshopError: a mistake in its stages.

    """
    path = project.exercises / CAPSTONE
    if not path.is_dir():
        return None
    patch = path / PATCH
    exercise, pages = read_stages(project, path / STAGES)
    return Capstone(
        path=path,
        folder=folder_of(path),
        tests=read_tests(path),
        solution=read_solution(path),
        exercise=exercise,
        pages=pages,
        patch=patch.read_bytes() if patch.is_file() else b"",
    )


def apply_patch(files: Mapping[str, LayerFile], patch: bytes, shown: str) -> dict[str, LayerFile]:
    """Give the files that a patch changes, changed; the lines around may have moved.

    Raises:
        WorkshopError: it does not fit any longer.

    """
    paths = [path.decode() for path in PATCHED.findall(patch)]
    if gone := [path for path in paths if path not in files]:
        raise WorkshopError("capstone-patch", file=shown, reason=gone[0])
    if not paths:
        return {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in paths:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(files[path].content)
        # Outside of every repository, whatever the folder lies in.
        git = Repository(folder, {"GIT_CEILING_DIRECTORIES": str(folder.resolve().parent)})
        code, _, complaint = git.attempt("apply", "-", given=patch)
        if code:
            raise WorkshopError("capstone-patch", file=shown, reason=complaint.strip())
        return {path: LayerFile((folder / path).read_bytes()) for path in paths}


def capstone_slips(project: Project, layers: Sequence[Layer]) -> Iterator[Note]:
    """Find what is wrong with the capstone, which lies over the end of the last step.

    Raises:
        WorkshopError: its stages cannot be read, or its patch does not fit.

    """
    capstone = read_capstone(project)
    if capstone is None:
        return
    shown = project.relative(capstone.path)
    yield from _stage_slips(project, capstone, shown)
    for path in sorted(capstone.solution.keys() & end_files(layers, layers[-1].number).keys()):
        yield Note("slip-capstone-replaces", {"file": shown, "path": path, "patch": PATCH})

    def look(without: Report) -> Iterator[Note]:
        failures = {**without.collect_errors, **without.failures}
        for test, failure in failures.items():
            if failure.name not in RIGHT_REASONS:
                reason = f"{failure.name}: {failure.message.splitlines()[0]}"
                yield Note("slip-capstone-reason", {"file": shown, "test": test, "reason": reason})

    yield from solution_slips(project, layers, layers[-1], capstone, look)


def _stage_slips(project: Project, capstone: Capstone, shown: str) -> Iterator[Note]:
    declared = [test for stage in capstone.exercise.tasks for test in stage.tests]
    for path in capstone.tests:
        is_test = path.rpartition("/")[2].startswith("test_")
        if is_test and not any(covers(path, one) for one in declared):
            yield Note("slip-capstone-stage", {"file": shown, "test": path})
    for page in capstone.pages:
        for language in LANGUAGES:
            if not (project.root / "docs" / language / page).is_file():
                values = {"file": f"{shown}/{STAGES}", "page": f"docs/{language}/{page}"}
                yield Note("slip-capstone-page", values)
