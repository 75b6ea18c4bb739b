"""What the learner wrote is never lost, in whatever state the workspace and its git are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .course import FakeCourse, tree, write

NAMED = re.compile(r"workshop undo (\d+)")


def git(folder: Path, *arguments: str) -> str:
    """Run git as the learner."""
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    done = subprocess.run(
        ("git", *identity, "-c", "commit.gpgsign=false", *arguments),
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


def own_commit(folder: Path) -> None:
    """Commit what is there."""
    git(folder, "commit", "--all", "--allow-empty", "--message", "mine")


def merge_in_progress(folder: Path) -> None:
    """Leave a merge with conflicts half-way."""
    git(folder, "checkout", "-q", "-b", "other")
    write(folder / "app/sums.py", "other = 1\n")
    own_commit(folder)
    git(folder, "checkout", "-q", "main")
    write(folder / "app/sums.py", "mine = 1\n")
    own_commit(folder)
    git(folder, "merge", "other")
    assert (folder / ".git" / "MERGE_HEAD").exists()


def detached(folder: Path) -> None:
    """Leave the branch."""
    own_commit(folder)
    git(folder, "checkout", "-q", "--detach")


def without_git(folder: Path) -> None:
    """Delete the repository."""
    shutil.rmtree(folder / ".git")


def broken_git(folder: Path) -> None:
    """Leave a repository that git does not understand."""
    write(folder / ".git" / "HEAD", "nonsense")
    write(folder / ".git" / "index", b"\xff\xfe")


def file_in_the_way(folder: Path) -> None:
    """Make, untracked, a file that the next step brings, and a directory where it has a file."""
    write(folder / "app/words.py", "mine = 1\n")
    write(folder / "tests/test_words.py/note.txt", "a directory\n")


def ignored_work(folder: Path) -> None:
    """Let git ignore the files of the course."""
    write(folder / ".gitignore", "app/\n*.py\n.env\n")
    write(folder / "app/sums.py", "ignored = 1\n")


def linked(folder: Path) -> None:
    """Put links where files and directories were."""
    shutil.move(str(folder / "app"), str(folder / "mine"))
    (folder / "app").symlink_to("mine")
    (folder / "README.txt").symlink_to("nowhere")


def odd_bytes(folder: Path) -> None:
    """Write what a text filter would change, and names that are hard to quote."""
    write(folder / "app/sums.py", b"a = 1\r\nb = 2\n\xff\x00")
    write(folder / 'app/a "quoted" name.txt', "ы\r\n")
    write(folder / "app/with\nnewline.txt", "x")


def big_change(folder: Path) -> None:
    """Delete, add, make executable."""
    (folder / "app/sums.py").unlink()
    write(folder / "app/new.py", "new = 1\n")
    (folder / "pyproject.toml").chmod(0o755)


STATES = [
    own_commit,
    merge_in_progress,
    detached,
    without_git,
    broken_git,
    file_in_the_way,
    ignored_work,
    linked,
    odd_bytes,
    big_change,
]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names and links")
@pytest.mark.parametrize("spoil", STATES, ids=lambda state: state.__name__)
def test_every_state_can_be_left_and_brought_back(course: FakeCourse, spoil: object) -> None:
    """Start another step from anywhere; the named command brings every byte back."""
    assert course.run("start", "1")[0] == 0
    folder = course.workspace.root
    write(folder / ".env", "SECRET=1\n")
    assert callable(spoil)
    spoil(folder)
    before = look(folder)
    head = git(folder, "rev-parse", "HEAD")
    status, said = course.run("start", "2")
    assert status == 0, said
    assert (folder / "app/words.py").read_text() != "mine = 1\n"
    assert course.workspace.read_state().step == 2
    (number,) = set(NAMED.findall(said))
    status, said = course.run("undo", number)
    assert status == 0, said
    assert look(folder) == before
    assert course.workspace.read_state().step == 1
    if spoil is not without_git:
        assert git(folder, "rev-parse", "HEAD") == head
    assert (folder / ".env").read_text() == "SECRET=1\n"


def look(folder: Path) -> dict[str, tuple[str, bytes, bool]]:
    """Describe every path: what it is, what is in it, whether it may be run."""
    found: dict[str, tuple[str, bytes, bool]] = {}
    for parent, folders, files in os.walk(folder):
        folders[:] = [one for one in folders if one not in {".git", ".workshop", "__pycache__"}]
        for name in [*files, *(one for one in folders if (Path(parent) / one).is_symlink())]:
            place = Path(parent) / name
            shown = str(place.relative_to(folder))
            if place.is_symlink():
                found[shown] = ("link", os.fsencode(os.readlink(place)), False)  # noqa: PTH115 - bytes
            else:
                found[shown] = ("file", place.read_bytes(), os.access(place, os.X_OK))
    return found


def test_undo_can_be_undone(course: FakeCourse) -> None:
    """Twice is nothing; and each number brings back its own state, whatever came after."""
    course.run("start", "1")
    write(course.workspace.root / "app/mine.py", "one = 1\n")
    before = tree(course.workspace.root)
    _, said = course.run("start", "2")
    (number,) = set(NAMED.findall(said))
    after = tree(course.workspace.root)
    course.run("undo")
    assert tree(course.workspace.root) == before
    course.run("undo")
    assert tree(course.workspace.root) == after
    course.run("start", "3")
    course.run("undo", number)
    assert tree(course.workspace.root) == before


def test_own_files_beside_the_course_stay(course: FakeCourse) -> None:
    """Notes are the learner's; a stray module inside the app would be imported, and is put away."""
    course.run("start", "1")
    folder = course.workspace.root
    write(folder / "notes.md", "mine\n")
    write(folder / "scripts/run.py", "mine\n")
    write(folder / "tests/test_mine.py", "mine\n")
    course.run("start", "2")
    assert (folder / "notes.md").read_text() == "mine\n"
    assert (folder / "scripts/run.py").is_file()
    assert not (folder / "tests/test_mine.py").exists()


def test_reset_of_one_file_leaves_the_others(course: FakeCourse) -> None:
    """Only what was named goes back; the path may be typed as the terminal shows it."""
    course.run("start", "2")
    folder = course.workspace.root
    course.edit("app/words.py", 'NotImplementedError("exercise 02.1")', "ValueError")
    course.edit("app/sums.py", "two", "mine")
    status, said = course.run("reset", "workspace/app/words.py")
    assert status == 0, said
    assert "exercise 02.1" in (folder / "app/words.py").read_text()
    assert "mine" in (folder / "app/sums.py").read_text()
    assert course.run("reset", "app/nothing.py")[0] == 2


def test_file_that_cannot_be_read_stops_everything(course: FakeCourse) -> None:
    """What cannot be saved is not touched."""
    if os.name == "nt" or os.geteuid() == 0:
        unreadable = course.workspace.root / ".workshop" / ".git"
        course.run("start", "1")
        before = tree(course.workspace.root)
        shutil.rmtree(unreadable)
        unreadable.write_text("gitdir: /nowhere\n")
        status, said = course.run("start", "2")
        assert status == 3, said
        assert tree(course.workspace.root) == before
        return
    course.run("start", "1")
    (course.workspace.root / "app/sums.py").chmod(0)
    status, said = course.run("start", "2")
    assert status == 3
    assert "app/sums.py" in said


def test_nothing_to_undo_and_wrong_calls_say_so(course: FakeCourse) -> None:
    """Each wrong call names the right one, with the exit code of a wrong call."""
    for arguments, status, needle in (
        (("undo",), 1, "nothing"),
        (("check",), 1, "workshop start 1"),
        (("start", "9"), 2, "from 1 to 3"),
        (("diff", "1", "x"), 2, "from 1 to 3"),
    ):
        code, said = course.run(*arguments)
        assert (code, needle in said) == (status, True), said
    course.run("start", "1")
    course.run("start", "1")
    for arguments, needle in (
        (("undo", "77"), "workshop undo --list"),
        (("check", "2"), "workshop start 2"),
        (("hint", "01.9"), "01.1, 01.2, 01.3"),
    ):
        code, said = course.run(*arguments)
        assert (code, needle in said) == (2, True), said


def test_merge_keeps_the_learners_code(course: FakeCourse) -> None:
    """``next --keep`` takes what the course adds, and leaves what the learner wrote."""
    course.run("start", "1")
    course.edit(
        "app/sums.py", 'raise NotImplementedError("exercise 01.1")', "return second + first"
    )
    write(course.workspace.root / "app/extra.py", "mine = 1\n")
    status, said = course.run("next", "--keep", "--force")
    text = (course.workspace.root / "app/sums.py").read_text()
    assert "return second + first" in text
    assert 'VERSION = "two"' in text
    assert (course.workspace.root / "app/extra.py").is_file()
    assert "exercise 02.1" in (course.workspace.root / "app/words.py").read_text()
    # LIMITS was still blank, and the course changed the same line.
    assert status == 1
    assert re.search(r"workspace/app/sums\.py:\d+: both versions", said), said
    status, said = course.run("check")
    assert status == 1
    assert "<<<<<<<" in said


def test_update_brings_the_changes_of_the_course(course: FakeCourse) -> None:
    """An old workspace is told so; the learner's code survives the update."""
    course.run("start", "1")
    course.edit(
        "app/sums.py", 'raise NotImplementedError("exercise 01.1")', "return second + first"
    )
    assert "has not changed" in course.run("update")[1]
    layer = course.root / "steps/01_sums/app/sums.py"
    layer.write_text(layer.read_text().replace('"""Sums."""', '"""Sums, and more."""'))
    write(course.root / "steps/01_sums/app/fresh.py", "fresh = 1\n")
    assert "workshop update" in course.run("status")[1]
    status, said = course.run("update")
    assert status == 0, said
    text = (course.workspace.root / "app/sums.py").read_text()
    assert text.startswith('"""Sums, and more."""')
    assert "return second + first" in text
    assert (course.workspace.root / "app/fresh.py").is_file()
    assert "workshop update" not in course.run("status")[1]
