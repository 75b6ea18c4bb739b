"""What a person sees in a terminal of eighty columns."""

from __future__ import annotations

import copy
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from .course import EXERCISES, FakeCourse, environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
COLUMNS = 80
GOAL = {
    "en": "Add two numbers, whichever they are, and give back what the two of them come to.",
    "ru": "Сложите два числа, какими бы они ни были, и верните то, что получается вместе.",
}
LABELS = {"en": ("Goal", "Where"), "ru": ("Цель", "Где")}


def in_terminal(course: FakeCourse, *arguments: str, language: str) -> str:
    """Run a command as its terminal shows it in the end, colours aside."""
    keyboard, screen = os.openpty()
    settings = {**environment(course.root), "TERM": "xterm-256color", "COLUMNS": str(COLUMNS)}
    settings.pop("NO_COLOR", None)
    with subprocess.Popen(
        [sys.executable, "-m", "workshop", "--lang", language, *arguments],
        env=settings,
        stdin=screen,
        stdout=screen,
        stderr=screen,
        start_new_session=True,
    ):
        os.close(screen)
        printed = b""
        while piece := _read(keyboard):
            printed += piece
    os.close(keyboard)
    return printed.decode()


def _read(keyboard: int) -> bytes:
    try:
        return os.read(keyboard, 4096)
    except OSError:  # how Linux ends a terminal
        return b""


@pytest.mark.parametrize("language", ["en", "ru"])
def test_text_is_folded_under_its_label(course: FakeCourse, language: str) -> None:
    """No word is cut at the edge, and what belongs to a label stands beside it."""
    exercise: dict[str, Any] = copy.deepcopy(EXERCISES["01_sums"])
    exercise["tasks"][0]["goal"] = GOAL
    course.exercise("01_sums", exercise)
    course.run("start", "1")
    printed = in_terminal(course, "check", language=language)
    lines = CODES.sub("", printed.replace("\r\n", "\n")).rpartition("\r")[2].splitlines()
    assert max(map(len, lines)) <= COLUMNS
    goal, where = LABELS[language]
    first = next(number for number, line in enumerate(lines) if line.startswith(f"  {goal} "))
    folded = lines[first][14:], lines[first + 1][14:]
    assert lines[first + 1][:14].strip() == ""
    assert " ".join(folded) == GOAL[language]
    assert f"  {where:<12}workspace/app/sums.py:9" in lines
    assert "\x1b[1mworkspace/app/sums.py:9" in printed


def test_count_of_tests_vanishes(course: FakeCourse) -> None:
    """While tests run a line says how far they are; a program that reads the output gets none."""
    course.run("start", "1")
    for task in "123":
        course.run("solution", task, "--apply")
    printed = in_terminal(course, "check", language="ru")
    assert "Тесты начинаются…" in printed
    assert printed.index("Тесты начинаются…") < printed.rindex("\x1b[2K") < printed.index("✓")
    assert "Тесты начинаются…" not in course.run("check", language="ru")[1]
