"""How the learner's loop looks: tables and marks in a terminal, plain lines anywhere else."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from workshop.cli.folding import fold_for
from workshop.errors import WorkshopError
from workshop.exercises.exercise import local
from workshop.explain import Explanation
from workshop.messages import current_language, text

if TYPE_CHECKING:
    from workshop.checking.check import CheckResult
    from workshop.checking.running import Meanwhile
    from workshop.doctor import Finding
    from workshop.exercises import Exercise, Task
    from workshop.exercises.capstone import Capstone
    from workshop.explain.page import Reading
    from workshop.layers import Layer
    from workshop.project import Project
    from workshop.workspace import Workspace
    from workshop.workspace.course import Course, Laid
    from workshop.workspace.history import Change
    from workshop.workspace.merging import Conflict
    from workshop.workspace.progress import Progress

MARKS = {"done": ("✓", "+", "green"), "left": ("✗", "-", "red"), "unknown": ("·", ".", "dim")}
LEVELS = {"ok": "done", "warning": "unknown", "wrong": "left"}
MOST_PATHS = 12


def console() -> Console:
    """Make a console that never breaks a path or a command in two."""
    return Console(soft_wrap=True, highlight=False)


def say(message: str, style: str = "") -> None:
    """Print a message: no markup, and lines broken only between words, where a person reads."""
    for line in message.split("\n"):
        console().print(Text("\n".join(fold(line)), style=style))
    sys.stdout.flush()


def fold(line: str, indent: int = 0, hang: int = 0) -> list[str]:
    """Break a line for the terminal, see `fold_for`."""
    return fold_for(console(), line, indent, hang)


@contextmanager
def counting(stop: Callable[[], bool]) -> Iterator[Meanwhile]:
    """Show how many tests have ended, in a line that vanishes in the end; ask whether to stop them.

    Only where a person looks: a program that reads the output wants none of it.
    """
    shown = console()
    if not shown.is_terminal:
        yield lambda _ended, _known: stop()
        return
    with shown.status(text("check-begins"), spinner="line") as status:

        def show(ended: int, known: int) -> bool:
            if known:
                status.update(text("check-runs", ended=str(ended), known=str(known)))
            return stop()

        yield show


def mark(kind: str) -> Text:
    """Return a sign that this terminal can show."""
    rich, plain, style = MARKS[kind]
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    return Text(rich if encoding.startswith("utf") else plain, style=style)


class Told:
    """Tells of saved states as soon as they are safe, before anything is changed."""

    def saved(self, change: Change) -> None:
        """Name the command that brings the state back."""
        say(text("learn-saved", number=str(change.number)), "cyan")

    def interrupted(self, number: int) -> None:
        """Tell of a command that was killed."""
        say(text("learn-interrupted", number=str(number)), "yellow")


class Silent:
    """Says nothing."""

    def saved(self, change: Change) -> None:
        """Say nothing."""

    def interrupted(self, number: int) -> None:
        """Say nothing."""


def show_laid(project: Project, laid: Laid) -> None:
    """Tell what changed, and explain the conflicts."""
    paths = laid.changed.paths
    if laid.changed.change is not None:
        shown = [*paths[:MOST_PATHS], *(["…"] if len(paths) > MOST_PATHS else [])]
        say(text("learn-changed", count=len(paths)) + "".join(f"\n    {path}" for path in shown))
    show_conflicts(project, laid.conflicts)


def show_conflicts(project: Project, conflicts: Iterable[Conflict]) -> None:
    """Say for each file where both sides changed something what stands in it now."""
    conflicts = list(conflicts)
    if not conflicts:
        return
    say(text("learn-conflicts", count=len(conflicts)), "yellow")
    for conflict in conflicts:
        place = project.relative(project.workspace / conflict.path)
        place = f"{place}:{conflict.line}" if conflict.line else place
        say(f"  {place}: {text(f'learn-conflict-{conflict.kind}')}")
    if any(conflict.kind == "lines" for conflict in conflicts):
        say(text("learn-conflicts-how"))


def show_tasks(exercise: Exercise | None, done: Mapping[str, bool]) -> None:
    """List the tasks with their marks."""
    for task in exercise.tasks if exercise else ():
        known = done.get(task.id)
        kind = "unknown" if known is None else "done" if known else "left"
        console().print(Text("  ") + mark(kind) + Text(f" {task.id} {local(task.title)}"))


def show_explanation(
    explanation: Explanation,
    *,
    task: Task | None,
    reading: Reading | None = None,
    hints: tuple[int, int] = (0, 0),
) -> None:
    """Show one failure on one screen."""
    if task is not None:
        say("")
        say(f"{task.id} {local(task.title)}", "bold")
        _row("explain-row-goal", local(task.goal))
    else:
        say("")
        say(text("check-others-title"), "bold")
    fresh = explanation.kind == "not-written"
    happened, _, more = explanation.happened.partition("\n")
    _row("explain-row-happened", happened, "yellow" if fresh else "red")
    _row("", more)
    _row("explain-row-expected", explanation.promise)
    _row("" if explanation.promise else "explain-row-expected", explanation.code, "cyan", hang=4)
    _row("explain-row-place", explanation.place, "bold")
    _row("explain-row-do", explanation.mend)
    _row("explain-row-test", explanation.test and _test(explanation))
    _row("explain-row-page", "\n".join(read_more(reading)))
    if task is not None and task.targets:
        _row("explain-row-next", _next(task, hints))


def _test(explanation: Explanation) -> str:
    """Name the test, and where it failed; the path once."""
    place, name = explanation.test_place, explanation.test.partition("::")[2]
    return f"{name}\n{place}" if place and name else explanation.test


def _next(task: Task, hints: tuple[int, int]) -> str:
    shown, total = hints
    if shown < total:
        return text("check-next-hint", number=shown + 1, total=total)
    return text("check-next-solution", task=task.id)


MARGIN, WIDTH = "  ", 12


def _row(label: str, value: str, style: str = "", *, hang: int = 0) -> None:
    """Print a label and its lines, all indented alike; without a label, more of the last."""
    if not value:
        return
    name = text(label) if label else ""
    for line in value.split("\n"):
        for part in fold(line, len(MARGIN) + WIDTH, hang):
            # Not a sum of texts: that would lend the style of the label to all.
            console().print(Text.assemble((f"{MARGIN}{name:<{WIDTH}}", "dim"), (part, style)))
            name = ""


def show_check(
    project: Project, course: Course, result: CheckResult, progress: Progress
) -> Explanation | None:
    """Show how the tasks stand, and explain the first that is not done."""
    from workshop.explain import explain_others, explain_task  # noqa: PLC0415 - not for --help
    from workshop.explain.page import find_code, find_idea, find_page  # noqa: PLC0415 - the same
    from workshop.workspace import Workspace  # noqa: PLC0415 - the same

    layer = course.layer(result.step)
    say(text("learn-step", number=f"{layer.number:02}", title=local(layer.title)), "bold")
    show_tasks(result.exercise, {one.task.id: one.done for one in result.tasks})
    first = result.first_unfinished
    workspace, page = Workspace(project), step_page(layer)
    explanation = None
    if first is not None:
        explanation = explain_task(workspace, result, first)
        seen, total = progress.hints.get(first.task.id, 0), len(local_hints(first.task))
        # What stands beside the code of the course gives the answer away, as the last hint does.
        all_seen = seen >= total
        reading = find_code(project, page, first.task.targets) if all_seen else None
        reading = reading or find_idea(project, page)
        show_explanation(explanation, task=first.task, reading=reading, hints=(seen, total))
    elif not result.done:
        explanation = explain_others(workspace, result)
        show_explanation(explanation, task=None, reading=find_page(project, page))
    return explanation


def show_capstone(
    workspace: Workspace, capstone: Capstone, result: CheckResult
) -> Explanation | None:
    """Show how the stages stand, and explain the first failure; later stages were not run."""
    from workshop.explain import explain_others, explain_task  # noqa: PLC0415 - not for --help
    from workshop.explain.page import find_page  # noqa: PLC0415 - the same

    project, first = workspace.project, result.first_unfinished
    say(text("capstone-text", file=project.relative(capstone.text_path())))
    done = {one.task.id: True for one in result.tasks if one.done}
    show_tasks(capstone.exercise, done | ({first.task.id: False} if first else {}))
    if first is not None:
        reading = find_page(project, capstone.page(first.task))
        explanation = explain_task(workspace, result, first)
        # The tests are laid beside the learner's code for the check only.
        laid = project.relative(workspace.root / capstone.folder)
        kept = project.relative(capstone.path / "tests")
        place = explanation.test_place.replace(laid, kept, 1)
        explained = replace(explanation, test_place=place)
        show_explanation(explained, task=first.task, reading=reading)
        return explanation
    if not result.done:
        explanation = explain_others(workspace, result)
        show_explanation(explanation, task=None)
        return explanation
    return None


def step_page(layer: Layer) -> str:
    """Name the page of a step."""
    return f"steps/{layer.name}.md"


def read_more(found: Reading | None) -> tuple[str, ...]:
    """Say where a page or a section is, as a file and in a browser."""
    if found is None:
        return ()
    values = {"place": found.place, "title": found.title or "none"}
    return text("page-place", **values), text("page-site", url=found.url)


def local_hints(task: Task) -> tuple[str, ...]:
    """Return the hints in the language in force."""
    return task.hints[current_language()]


def show_findings(findings: Iterable[Finding]) -> None:
    """Print one line for each need, and the mend below it."""
    for finding in findings:
        beginning = Text("  ") + mark(LEVELS[finding.level])
        beginning += Text(f" {text(f'doctor-{finding.name}'):<24} ")
        for line in fold(finding.found, len(beginning)):
            console().print(beginning + Text(line))
            beginning = Text(" " * len(beginning))
        if finding.fix:
            say("      " + finding.fix.replace("\n", "\n      "), "yellow")


def print_json(value: object) -> None:
    """Print a value for programs: one JSON document, nothing else."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def as_machine_problem(error: WorkshopError) -> WorkshopError:
    """Give an error the exit code of a machine that lacks something."""
    error.exit_code = 3
    return error
