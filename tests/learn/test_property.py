"""Random days of a learner: edits, commands, kills; every byte that was there can be brought back.

A kill is a real SIGKILL, in a forked child, at a chosen step of the command's own work (opening,
renaming or deleting a file, starting git), so that each example can be repeated.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from .course import FakeCourse, make, write

NAMED = re.compile(r"workshop undo (\d+)")
EVENTS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "subprocess.Popen"})
PATHS = (
    "app/sums.py",
    "app/words.py",
    "app/mine.py",
    "tests/test_sums.py",
    "notes/ы x.txt",
    ".gitignore",
    "debug.log",
)
"""Files of the course, files beside it, and one that git ignores."""

COMMANDS = (
    ("start", "1"),
    ("start", "2"),
    ("start", "3"),
    ("reset",),
    ("reset", "app"),
    ("solution", "1", "--apply"),
    ("next", "--force"),
    ("next", "--force", "--keep"),
    ("update",),
    ("undo",),
)


class Learner(RuleBasedStateMachine):
    """One learner, and what may never be lost."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="learner-"))
        self.course: FakeCourse = make(self.folder / "course")
        self.saved: dict[str, dict[str, bytes]] = {}
        """Number of a change, as the tool named it -> the files as they were before it."""
        self.lessons = 0

    @initialize()
    def begin(self) -> None:
        """Start the course."""
        assert self.course.run("start", "1")[0] == 0

    def look(self) -> dict[str, bytes]:
        """Read every file that git does not ignore, whatever the tool thinks of it."""
        root = self.course.workspace.root
        ignored = {"debug.log"}
        return {
            place.relative_to(root).as_posix(): place.read_bytes()
            for place in root.rglob("*")
            if place.is_file()
            and not {".git", ".workshop", "__pycache__"} & set(place.relative_to(root).parts)
            and place.name not in ignored
        }

    @rule(path=st.sampled_from(PATHS), content=st.binary(max_size=12))
    def edit(self, path: str, content: bytes) -> None:
        """Write a file, in any encoding."""
        if path == ".gitignore":
            content = b"*.log\n.env\n"
        write(self.course.workspace.root / path, content)

    @rule(path=st.sampled_from(PATHS))
    def delete(self, path: str) -> None:
        """Delete a file."""
        (self.course.workspace.root / path).unlink(missing_ok=True)

    @rule()
    def delete_git(self) -> None:
        """Delete the learner's own repository."""
        shutil.rmtree(self.course.workspace.root / ".git", ignore_errors=True)

    @rule()
    def pull(self) -> None:
        """Let the course change."""
        self.lessons += 1
        layer = self.course.root / "steps/01_sums/app/__init__.py"
        write(layer, f"LESSON = {self.lessons}\n")

    @rule(command=st.sampled_from(COMMANDS))
    def command(self, command: tuple[str, ...]) -> None:
        """Run a command to its end."""
        before = self.look()
        _, said = self.course.run(*command)
        self.remember(before, said)

    @precondition(lambda self: self.saved)
    @rule(choice=st.integers(0, 99))
    def undo_any(self, choice: int) -> None:
        """Take back any change that was ever named."""
        numbers = sorted(self.saved)
        number = numbers[choice % len(numbers)]
        before = self.look()
        code, said = self.course.run("undo", number)
        assert code == 0, said
        assert self.look() == self.saved[number]
        self.remember(before, said)

    @precondition(lambda _self: hasattr(os, "fork"))
    @rule(command=st.sampled_from(COMMANDS), step=st.integers(1, 120))
    def kill(self, command: tuple[str, ...], step: int) -> None:
        """Kill the tool in the middle of a command."""
        before = self.look()
        printed = self.folder / "printed"
        child = os.fork()
        if child == 0:
            _run_until(self.course, command, step, printed)
        os.waitpid(child, 0)
        self.remember(before, printed.read_text(encoding="utf-8"))

    def remember(self, before: dict[str, bytes], said: str) -> None:
        """Whatever is no longer there must be in a state that was named."""
        named = NAMED.findall(said)
        fresh = [number for number in named if number not in self.saved]
        after = self.look()
        if after != before:
            assert fresh, f"files changed, and no command was named: {said}"
        for number in fresh:
            self.saved[number] = before

    def teardown(self) -> None:
        """Bring every state back by the command that was named for it."""
        try:
            for number, files in list(self.saved.items())[-8:]:
                code, said = self.course.run("undo", number)
                assert code == 0, said
                assert self.look() == files
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


def _run_until(course: FakeCourse, command: tuple[str, ...], step: int, printed: Path) -> None:
    """Run a command in a child, and kill the child at its n-th touch of the disk."""
    output = os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    left = step

    def count(event: str, _arguments: object) -> None:
        nonlocal left
        if event in EVENTS:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        course.run(*command, to=output, hook=lambda: sys.addaudithook(count))
    finally:
        os._exit(0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
def test_nothing_is_ever_lost() -> None:
    """See the machine above."""
    from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415 - named for what it does

    run_state_machine_as_test(
        Learner,
        settings=settings(
            max_examples=int(os.environ.get("WORKSHOP_EXAMPLES", "8")),
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
