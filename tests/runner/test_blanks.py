"""The learner's app runs while tasks are blank, and says which, in place of a traceback."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from workshop.runner.blanks import Blank, Blanks, Folding

from .conftest import Launch
from .launch import REPOSITORY

BLANK = Blank("07.2", "Take over", "workspace/app/queue.py:69")
TOLD = "Task 07.2 is not written yet: Take over (workspace/app/queue.py:69)"

PLAIN = """\
Traceback (most recent call last):
  File "run.py", line 1, in <module>
    claim()
    ^^^^^^^

  File "queue.py", line 69, in claim
    raise NotImplementedError("exercise 07.2")
NotImplementedError: exercise 07.2"""

GROUP = """\
  + Exception Group Traceback (most recent call last):
  |   File "run.py", line 1, in <module>
  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "queue.py", line 69, in claim
    |     raise NotImplementedError("exercise 07.2")
    | NotImplementedError: exercise 07.2
    +------------------------------------"""

OTHER = PLAIN.replace("exercise 07.2", "some day")


def fold(printed: str) -> list[str]:
    """Give what is shown of a process's output, at its end."""
    folding = Folding(Blanks((BLANK,)))
    shown = [line for printed_line in printed.splitlines() for line in folding.feed(printed_line)]
    return [*shown, *folding.rest()]


@pytest.mark.parametrize("traceback", [PLAIN, GROUP], ids=["plain", "group"])
def test_traceback_of_a_blank_task_is_one_line(traceback: str, language: str) -> None:
    """What stands before it and after it is shown as it is."""
    told = {
        "en": TOLD,
        "ru": TOLD.replace("Task 07.2 is not written yet", "Задание 07.2 ещё не написано"),
    }
    shown = fold(f"before\n{traceback}\nafter\n  indented")
    assert shown == ["before", told[language], "after", "  indented"]


@pytest.mark.parametrize(
    "printed",
    [
        OTHER,
        GROUP.replace("exercise 07.2", "some day"),
        PLAIN.replace("07.2", "08.1"),
        PLAIN.rpartition("\n")[0],
        f"{OTHER}\n\nDuring handling of the above exception …:\n\n{OTHER}",
    ],
    ids=["other", "other group", "task that is written", "without an end", "chain"],
)
def test_other_tracebacks_are_shown_whole(printed: str) -> None:
    """Not a line is lost or moved."""
    assert fold(f"before\n{printed}\nafter") == ["before", *printed.splitlines(), "after"]


def test_nothing_waits_for_the_next_line() -> None:
    """A traceback is told as soon as it is complete; what looks like one, when asked for."""
    folding = Folding(Blanks((BLANK,)))
    *lines, last = PLAIN.splitlines()
    assert not [shown for line in lines for shown in folding.feed(line)]
    assert folding.feed(last) == [TOLD]
    first, *_ = PLAIN.splitlines()
    assert folding.feed(first) == []
    assert folding.rest() == [first]
    assert folding.feed("after") == ["after"]


def workshop(course: Path, *arguments: str) -> None:
    """Run another command of the learner."""
    command = [sys.executable, "-m", "workshop", *arguments]
    settings = {**os.environ, "WORKSHOP_ROOT": str(course)}
    subprocess.run(command, cwd=REPOSITORY, env=settings, check=True, capture_output=True)


def place_of(course: Path, task: str) -> str:
    """Find the blank of a task as an editor would open it."""
    lines = (course / "workspace/app/jobs.py").read_text(encoding="utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, 1) if f"exercise {task}" in line)
    return f"workspace/app/jobs.py:{number}"


def test_preparation_needs_a_blank_task(launch: Launch, course: Path) -> None:
    """What is missing is listed at first; then the command that needs it says so, in two lines."""
    workshop(course, "start", "1")
    run = launch("mine", settings={"WORKSHOP_LANG": "ru"})
    assert run.end() == 1
    assert "3 задания ещё не написаны" in run.shown
    assert f"01.2 Работа\n       {place_of(course, '01.2')}" in run.shown
    last = run.shown.partition("Остановлено.")[2]
    assert "Задание 01.1 ещё не написано" in last
    assert "«python -m app.init_data»" in last
    assert f"Напишите {place_of(course, '01.1')}," in last
    assert "Traceback" not in run.shown
    assert "Traceback" in (course / ".workshop/logs/run/init-data.log").read_text("utf-8")


def test_process_needs_a_blank_task(launch: Launch, course: Path) -> None:
    """A thread of it that fails is told in a line; a process that ends is told at the end."""
    workshop(course, "start", "1")
    workshop(course, "solution", "01.1", "--apply")
    run = launch("mine")
    assert run.end() == 1
    assert (
        f"worker │ Task 01.3 is not written yet: Report ({place_of(course, '01.3')})" in run.shown
    )
    last = run.shown.partition("Process worker ended by itself")[2]
    assert f"Task 01.2 is not written yet: Work ({place_of(course, '01.2')})" in last
    assert "Traceback" not in run.shown
    assert run.nothing_left(within=0)


def test_app_runs_beside_a_blank_task(launch: Launch, course: Path) -> None:
    """Whatever does not need it can be tried out."""
    workshop(course, "start", "1")
    for task in ("01.1", "01.2"):
        workshop(course, "solution", task, "--apply")
    run = launch("mine")
    run.ready()
    assert "One task is not written yet." in run.shown
    run.wait_for(r"worker │ Task 01\.3 is not written yet")
    assert "Traceback" not in run.shown
    run.signal(signal.SIGINT)
    assert run.end() == 130
