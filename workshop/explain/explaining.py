"""One failure, explained: what was expected, what happened, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from workshop.checking.check import CheckResult, TaskResult
from workshop.checking.report import Failure, Frame, Hang, Report
from workshop.errors import WorkshopError
from workshop.exercises import Task
from workshop.exercises.exercise import select
from workshop.exercises.unwritten import Unwritten
from workshop.explain.kinds import Kind, is_no_answer, recognise
from workshop.messages import text
from workshop.project import Project
from workshop.targets import Target
from workshop.targets.finding import definitions
from workshop.workspace import Workspace

LOG_TAIL = 12


@dataclass(frozen=True)
class Explanation:
    """What a learner needs to know about a failure."""

    kind: str
    happened: str
    mend: str
    place: str = ""
    """Path and line in the workspace, from the checkout's root."""
    promise: str = ""
    """What the test checks, in its own words."""
    code: str = ""
    """The line of the test that failed."""
    test: str = ""
    test_place: str = ""


@dataclass(frozen=True)
class _Scene:
    """What explanations are made from."""

    workspace: Workspace
    report: Report

    def shown(self, path: str, line: int = 0) -> str:
        """Show a place in the workspace the way a terminal makes it clickable."""
        place = self.workspace.project.relative(self.workspace.root / path)
        return f"{place}:{line}" if line else place


def explain_task(workspace: Workspace, result: CheckResult, task: TaskResult) -> Explanation:
    """Explain the first reason why a task is not done."""
    scene = _Scene(workspace, result.report)
    early = _explain_run(scene)
    if early is not None:
        return early
    for test in _really_run(task, result.report):
        return _explain_failure(scene, test, result.report.failures[test], task)
    if task.unwritten is not None:
        return _make(scene, _blank(scene, task.unwritten))
    if result.report.hang is not None:
        return _explain_hang(scene, result.report.hang)
    if task.failed and task.failed[0] not in result.report.outcomes:
        return _explain_end(scene)
    return _make(scene, Kind("raised", {"error": "—", "reason": "—"}))


def _really_run(task: TaskResult, report: Report) -> list[str]:
    """List the failures of a task, in its own order."""
    return select(task.task.tests, report.failures)


def explain_others(workspace: Workspace, result: CheckResult) -> Explanation:
    """Explain the first failure that belongs to no task."""
    scene = _Scene(workspace, result.report)
    early = _explain_run(scene)
    if early is not None:
        return early
    for test in result.others:
        return _explain_failure(scene, test, result.report.failures[test], None)
    if result.report.hang is not None:
        return _explain_hang(scene, result.report.hang)
    return _explain_end(scene)


def _explain_run(scene: _Scene) -> Explanation | None:
    """Explain why nothing could be run at all, if so."""
    for test, failure in scene.report.collect_errors.items():
        kind = recognise(failure)
        explanation = _make(scene, kind, failure)
        return replace(explanation, test=test)
    return None


def _explain_failure(
    scene: _Scene, test: str, failure: Failure, task: TaskResult | None
) -> Explanation:
    kind = recognise(failure)
    if is_no_answer(failure) and (down := _silent_services(scene.workspace.project)):
        return _make(scene, Kind("service-down", {"services": down}))
    if task is not None and task.unwritten is not None:
        kind = _blank(scene, task.unwritten)
    explanation = _make(scene, kind, failure, task.task if task else None)
    line = next((frame for frame in reversed(failure.frames) if frame.in_tests), None)
    return replace(
        explanation,
        promise=failure.promise,
        code=line.code if line else "",
        test=test,
        test_place=scene.shown(line.path, line.line) if line else "",
    )


def _make(
    scene: _Scene, kind: Kind, failure: Failure | None = None, task: Task | None = None
) -> Explanation:
    place = _place(scene, kind, failure, task)
    return Explanation(
        kind=kind.name,
        happened=text(f"explain-{kind.name}", **kind.values),
        mend=text(f"explain-{kind.name}-mend", **kind.values),
        place=place,
    )


def _place(scene: _Scene, kind: Kind, failure: Failure | None, task: Task | None) -> str:
    if kind.path:
        return scene.shown(kind.path, kind.line)
    for one in filter(None, (kind.of, *(failure.all if failure else ()))):
        frame = _own_frame(one.frames)
        if frame is not None and not (kind.name == "await" and _is_elsewhere(frame, task)):
            return scene.shown(frame.path, frame.line)
    return _place_of_targets(scene, task) if task and task.targets else ""


def _is_elsewhere(frame: Frame, task: Task | None) -> bool:
    """Whether a coroutine was only noticed here: whoever forgot to await it wrote another file."""
    return task is not None and frame.path not in {target.path for target in task.targets}


def _own_frame(frames: Iterable[Frame]) -> Frame | None:
    """Return the innermost line of the learner's own code."""
    own = [frame for frame in frames if not frame.in_tests]
    return own[-1] if own else None


def _place_of_targets(scene: _Scene, task: Task) -> str:
    """Name all that the task is about: a wrong result does not tell in which of them it arose."""
    places = [
        scene.shown(target.path, _line_of(scene.workspace, target)) for target in task.targets
    ]
    return ", ".join(dict.fromkeys(places))


def _line_of(workspace: Workspace, target: Target) -> int:
    try:
        source = (workspace.root / target.path).read_text(encoding="utf-8")
        places = definitions(source, target.path).get(target.name)
    except (OSError, UnicodeDecodeError, WorkshopError):
        return 0
    return places[0].first if places else 0


def _blank(scene: _Scene, unwritten: Unwritten) -> Kind:
    """Name a definition that is still as blank as the course gave it."""
    target = unwritten.target
    if not unwritten.line:
        return Kind("file-missing", {"file": scene.shown(target.path)}, path=target.path)
    source = (scene.workspace.root / target.path).read_text(encoding="utf-8", errors="replace")
    name = _name_at(source, target, unwritten.line)
    return Kind("not-written", {"name": name}, path=target.path, line=unwritten.line)


def _name_at(source: str, target: Target, line: int) -> str:
    try:
        known = definitions(source, target.path)
    except WorkshopError:
        return target.name
    around = [
        (places[0].last - places[0].first, name)
        for name, places in known.items()
        if places[0].first <= line <= places[0].last
    ]
    return min(around)[1] if around else target.name


def _explain_hang(scene: _Scene, hang: Hang) -> Explanation:
    frame = next((frame for frame in hang.frames if not frame.in_tests), None)
    seconds = f"{hang.seconds:.0f}"
    if frame is None:
        return replace(_make(scene, Kind("waits", {"seconds": seconds})), test=hang.test)
    kind = Kind("loops", {"seconds": seconds, "name": frame.function})
    kind = replace(kind, path=frame.path, line=frame.line)
    return replace(_make(scene, kind), test=hang.test)


def _explain_end(scene: _Scene) -> Explanation:
    """Explain a run that ended without having said why, or without a test that is declared."""
    try:
        lines = scene.report.log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    tail = "\n".join(lines[-LOG_TAIL:]) or "—"
    log = scene.workspace.project.relative(scene.report.log)
    return _make(scene, Kind("crash", {"tail": tail, "log": log}))


def _silent_services(project: Project) -> str:
    from workshop.services import status  # noqa: PLC0415 - only when something is wrong

    return ", ".join(one.title for one in status(project) if not one.answers)
