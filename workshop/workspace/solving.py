"""The course's own answer to a task: shown, or written into the learner's file."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.errors import WorkshopError
from workshop.exercises import Exercise, Task, start_files
from workshop.layers import compose
from workshop.targets import Found, Target, find
from workshop.targets.finding import Definition, definitions
from workshop.workspace.course import Course
from workshop.workspace.files import Entry, Files


def answers(course: Course, step: int, task: Task) -> Iterator[Found]:
    """Give the definitions of a task as the course has them."""
    composition = compose(course.layers[:step])
    for target in task.targets:
        yield find(composition, target)


def write_answers(
    course: Course, exercise: Exercise, task: Task, done: set[str], files: Files
) -> tuple[dict[str, Entry], list[str]]:
    """Put the answers into the learner's files, each in the place of the learner's definition.

    Args:
        course: the course.
        exercise: the exercise of the step.
        task: what is to be answered.
        done: ids of the tasks that the learner has solved.
        files: the learner's files.

    Returns:
        The files after it, and the paths of those that had to be replaced as a whole: what is in
        them is no Python, or has no such definition.

    """
    end = course.end(exercise.step)
    after = dict(files)
    whole: list[str] = []
    for path in dict.fromkeys(target.path for target in task.targets):
        targets = [target for target in task.targets if target.path == path]
        source = _text(after.get(path))
        reference = end[path].content.decode("utf-8")
        try:
            for target in targets:
                source = _put(source, reference, target)
            definitions(source, path)
            content = source.encode("utf-8")
        except (WorkshopError, LookupError):
            whole.append(path)
            solved = {*done, *(one.id for one in exercise.with_needs(task))}
            content = start_files(course.layers, exercise.step, exercise, solved)[path].content
        after[path] = Entry(content, end[path].executable)
    return after, whole


def _text(entry: Entry | None) -> str:
    try:
        return "" if entry is None or entry.link else entry.content.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _put(source: str, reference: str, target: Target) -> str:
    """Replace one definition by lines.

    Raises:
        LookupError: there is no such definition.
        WorkshopError: no valid Python.

    """
    newline = "\r\n" if "\r\n" in source else "\n"
    mine, course = source.splitlines(keepends=True), reference.splitlines(keepends=True)
    here = _only(definitions(source.replace("\r\n", "\n"), target.path)[target.name])
    there = _only(definitions(reference, target.path)[target.name])
    answer = [line.rstrip("\r\n") + newline for line in course[there.first - 1 : there.last]]
    return "".join((*mine[: here.first - 1], *answer, *mine[here.last :]))


def _only(places: tuple[Definition, ...]) -> Definition:
    return Definition(places[0].first, places[-1].last)
