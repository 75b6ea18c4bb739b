"""A newcomer goes through a small course by the real command line, in both languages."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from queue import Empty, Queue

import pytest

from workshop.doctor.needs import ADDRESSES
from workshop.errors import WorkshopError
from workshop.project import Project
from workshop.runner.target import find_target

from .course import FakeCourse, environment, write

WORDS = {
    "en": {"begin": "workshop start 1", "blank": "is not written yet", "hint": "Hint 1 of 2"},
    "ru": {"begin": "workshop start 1", "blank": "ещё не написано", "hint": "Подсказка 1 из 2"},
}


@pytest.mark.parametrize("language", WORDS)
def test_newcomer_goes_through_the_course(course: FakeCourse, language: str) -> None:
    """Start, see the failure, take hints, write it task by task, check, go on, to the end."""
    words = WORDS[language]

    def run(*arguments: str, code: int = 0) -> str:
        status, said = course.run(*arguments, language=language)
        assert status == code, said
        return said

    assert words["begin"] in run("status")
    run("start")
    said = run("check", code=1)
    assert words["blank"] in said
    assert "workspace/app/sums.py:9" in said
    assert words["hint"] in run("hint")
    assert run("hint").count("01.1.") == 2
    assert "workshop solution 01.1" in run("check", code=1)
    course.edit(
        "app/sums.py", 'raise NotImplementedError("exercise 01.1")', "return first - second"
    )
    assert "assert 0 == 4" in run("check", code=1)
    course.edit("app/sums.py", "first - second", "second + first")
    assert "01.2" in run("check", code=1).partition("\n\n")[2]
    assert "return total / len(values)" in run("solution")
    run("solution", "--apply")
    run("next", code=1)
    run("solution", "3", "--apply")
    run("check")
    assert "return second + first" in run("diff")
    run("next")
    for _ in range(3):
        assert words["blank"] in run("check", code=1)
        run("solution", "--apply")
    run("next", "--keep")
    assert course.workspace.read_state().step == 3
    run("check")
    run("next")
    assert "3/3" in run("status")


def test_answers_for_programs(course: FakeCourse) -> None:
    """``--json`` is one document with everything that the screen shows."""
    course.run("start", "1")
    course.run("hint")
    code, said = course.run("check", "--json")
    document = json.loads(said)
    assert code == 1
    assert (document["step"], document["done"], document["unfinished"]) == (1, False, "01.1")
    assert document["explanation"]["kind"] == "not-written"
    assert document["explanation"]["place"] == "workspace/app/sums.py:9"
    assert [task["done"] for task in document["tasks"]] == [False, False, False]
    code, said = course.run("status", "--json", language="ru")
    document = json.loads(said)
    assert (code, document["current"], document["old"]) == (0, 1, False)
    assert document["steps"][0]["tasks"][0] == {
        "id": "01.1",
        "title": "Название 01.1",
        "done": False,
        "hints": 1,
    }


def test_learners_copy_of_the_tests_is_not_asked(course: FakeCourse) -> None:
    """Nor the learner's settings of pytest: a test that was emptied proves nothing."""
    course.run("start", "1")
    write(course.workspace.root / "tests/test_sums.py", "def test_add() -> None:\n    pass\n")
    write(
        course.workspace.root / "pyproject.toml", '[tool.pytest.ini_options]\naddopts = "-k no"\n'
    )
    write(
        course.workspace.root / "app/sums.py",
        "LIMITS = ()\n\n\ndef add(a, b): ...\n\n\nmean = add\n",
    )
    code, said = course.run("check")
    assert code == 1
    assert "assert None == 4" in said


def test_what_worked_before_is_checked_too(course: FakeCourse) -> None:
    """All tasks done is not the end when something else broke."""
    course.run("start", "2")
    for _ in range(3):
        course.run("check")
        course.run("solution", "--apply")
    course.edit("app/sums.py", "return first + second", "return first - second")
    code, said = course.run("check")
    assert code == 1
    assert "something else does not hold" in said
    assert "test_add\n" in said


def test_progress_and_hints_survive_a_new_start(course: FakeCourse) -> None:
    """They are kept by the ids of the tasks."""
    course.run("start", "1")
    course.run("hint")
    course.run("solution", "1", "--apply")
    course.run("check")
    course.run("start", "1")
    assert "1/3" in course.run("status")[1]
    assert "Hint 2 of 2" in course.run("hint", "1")[1]
    for written in ("1", "01", "1.1", "01.1", "01.01"):
        assert "Title 01.1" in course.run("hint", written, "--again")[1]
    assert course.run("hint", "2.1")[0] == 2


def test_doctor_is_content_with_this_machine(course: FakeCourse) -> None:
    """It looks at everything and changes nothing."""
    code, said = course.run("doctor", language="ru")
    assert code == 0, said
    assert "Python" in said
    assert not course.workspace.root.exists()


def test_doctor_misses_each_embedded_server(
    course: FakeCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names what is not installed; an address of one's own, also in .env, makes up for it."""
    find = importlib.util.find_spec
    missing: set[str] = set()
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name in missing else find(name)
    )
    for setting in ("DATABASE_URL", "REDIS_URL", "SMTP_HOST"):
        monkeypatch.delenv(setting, raising=False)
    for package, setting in ADDRESSES.items():
        missing = {package}
        write(course.root / ".env", "")
        code, said = course.run("doctor")
        said = " ".join(said.split())
        assert code == 3
        assert f"missing: {package} " in said
        assert f"Or use servers of your own: set {setting} in .env" in said
        write(course.root / ".env", f"{setting}=somewhere\n")
        assert "servers of your own" not in " ".join(course.run("doctor")[1].split())
    assert "aiosmtpd" in ADDRESSES


def test_slow_machine_may_take_longer(course: FakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    """The help says how; what is no number of seconds is refused with an example."""
    for language, words in (("en", "On a slow machine"), ("ru", "медленной машине")):
        code, said = course.run_process("check", "--help", language=language)
        assert code == 0
        assert words in said
        assert "WORKSHOP_TEST_SECONDS" in said
    course.run("start", "1")
    course.edit("app/sums.py", 'raise NotImplementedError("exercise 01.1")', "while True: pass")
    monkeypatch.setenv("WORKSHOP_TEST_SECONDS", "1.5")
    assert "After 2 s it was still running in add" in course.run("check")[1]
    for asked in ("soon", "0", "-1", "inf", "nan"):
        monkeypatch.setenv("WORKSHOP_TEST_SECONDS", asked)
        code, said = course.run("check")
        assert code == 2
        assert "WORKSHOP_TEST_SECONDS=60" in said


def test_real_process_speaks_plainly(course: FakeCourse) -> None:
    """Where there is no terminal, there are no escape codes, and the exit code says it all."""
    course.run("start", "1")
    code, said = course.run_process("check", language="ru")
    assert code == 1
    assert "\x1b" not in said
    assert "01.1" in said


def test_own_app_is_a_target_of_run(course: FakeCourse) -> None:
    """``workshop run mine`` takes the files as they are, saved or committed or not."""
    with pytest.raises(WorkshopError):
        find_target(course.project, "mine")
    course.run("start", "1")
    write(course.workspace.root / "app/mine.py", "mine = 1\n")
    target = find_target(Project(course.root), "mine")
    (layer,) = target.layers
    assert layer.files["app/mine.py"].content == b"mine = 1\n"
    assert target.build == course.root / ".workshop/build/run-mine"


@pytest.mark.parametrize("poll", ["0", "1"])
def test_watch_checks_on_save(course: FakeCourse, poll: str) -> None:
    """A save starts a check at once, also where the system tells of none; Ctrl-C ends it."""
    course.run("start", "1")
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "workshop", "--lang", "en", "watch"],
        env={**environment(course.root), "WORKSHOP_POLL": poll},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=os.name != "nt",
    ) as process:
        lines: Queue[str] = Queue()
        threading.Thread(target=_pump, args=(process, lines), daemon=True).start()
        try:
            seen = _wait_for(lines, "waiting for the next save")
            assert ("looks for itself" in seen) == (poll == "1")
            time.sleep(0.5)
            course.edit("app/sums.py", 'raise NotImplementedError("exercise 01.1")', "return 4")
            saved = time.monotonic()
            seen = _wait_for(lines, "waiting for the next save")
            assert re.search(r"✓ 01\.1", seen), seen
            assert time.monotonic() - saved < 15
        finally:
            process.kill()


def _pump(process: subprocess.Popen[bytes], lines: Queue[str]) -> None:
    for line in process.stdout or ():
        lines.put(line.decode("utf-8"))


def _wait_for(lines: Queue[str], needle: str) -> str:
    seen = ""
    deadline = time.monotonic() + 60
    while needle not in seen and time.monotonic() < deadline:
        try:
            seen += lines.get(timeout=1)
        except Empty:
            continue
    assert needle in seen, seen
    return seen


def test_nothing_touches_the_checkout_itself(course: FakeCourse) -> None:
    """The learner's commands write into the workspace and the tool's state, and nowhere else."""
    before = {path: path.read_bytes() for path in _course_files(course.root)}
    course.run("start", "1")
    course.run("solution", "--apply")
    course.run("check")
    assert {path: path.read_bytes() for path in _course_files(course.root)} == before


def _course_files(root: Path) -> list[Path]:
    return [
        path
        for path in sorted(root.rglob("*"))
        if path.is_file() and not {"workspace", ".workshop"} & set(path.relative_to(root).parts)
    ]
