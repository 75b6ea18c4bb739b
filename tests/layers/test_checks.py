"""What `check` finds: one small course per finding."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from workshop.layers import Note, check, count, digest
from workshop.layers.ignored import check_ignored

from .conftest import Told
from .course import Course, write

CONFLICT = "<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n"


def stale(course: Course) -> None:
    """Change a file below a replacement."""
    course.step("a", {"app/m.py": "1\n"})
    course.step("b", {"app/m.py": "2\n"})
    write(course.root / "steps/01_a/app/m.py", "changed\n")


def undeclared(course: Course) -> None:
    """Lay a file over another and say nothing."""
    course.step("a", {"app/m.py": "1\n"})
    course.step("b", {"app/m.py": "2\n"}, replaces={})


def undeclared_append(course: Course) -> None:
    """Lay a fragment under a growing file and say nothing."""
    course.step("a", {"app/m.py": "1\n"})
    course.step("b", {"app/m.py": "2\n"}, replaces={})
    course.step("c", {"app/m.py": "3\n"}, appends=["app/m.py"])


def identical(course: Course) -> None:
    """Replace a file with itself."""
    course.step("a", {"app/m.py": "1\n"})
    course.step("b", {"app/m.py": "1\n"})


def replaces_nothing(course: Course) -> None:
    """Declare a replacement where no file is below."""
    course.step("a", {})
    course.step("b", {"app/m.py": "1\n"}, replaces={"app/m.py": digest(b"")})


def replacement_missing(course: Course) -> None:
    """Declare a replacement and write none."""
    course.step("a", {"app/m.py": "1\n"})
    course.step("b", {}, replaces={"app/m.py": digest(b"1\n")})


def appends_to_nothing(course: Course) -> None:
    """Append to what is not there."""
    course.step("a", {})
    course.step("b", {"app/m.py": "1\n"}, appends=["app/m.py"])


def append_missing(course: Course) -> None:
    """Declare an append and write none."""
    course.step("a", {"app/m.py": "1\n"})
    course.step("b", {}, appends=["app/m.py"])


def append_empty(course: Course) -> None:
    """Append nothing."""
    course.step("a", {"app/m.py": "1\n"})
    course.step("b", {"app/m.py": ""}, appends=["app/m.py"])


def removes_nothing(course: Course) -> None:
    """Remove what is not there."""
    course.step("a", {})
    course.step("b", {}, removes=["app/m.py"])


def removed_yet_present(course: Course) -> None:
    """Remove a file and bring it in the same step."""
    course.step("a", {"app/m.py": "1\n"})
    course.step("b", {"app/m.py": "2\n"}, removes=["app/m.py"], replaces={})


def empty_directory(course: Course) -> None:
    """Leave a folder without a file."""
    course.step("a", {})
    folder = course.step("b", {})
    (folder / "app/m.py").mkdir(parents=True)


def conflict(course: Course) -> None:
    """Leave conflict markers."""
    course.step("a", {})
    course.step("b", {"app/m.py": CONFLICT})


CASES: dict[str, tuple[Callable[[Course], None], str]] = {
    "check-stale": (stale, "workshop author propagate 02"),
    "check-undeclared": (undeclared, "workshop author pin 02 app/m.py"),
    "check-undeclared-append": (undeclared_append, "appends"),
    "check-identical": (identical, "workshop author pin 02 app/m.py"),
    "check-replaces-nothing": (replaces_nothing, "workshop author pin 02 app/m.py"),
    "check-replacement-missing": (replacement_missing, "workshop author pin 02 app/m.py"),
    "check-appends-to-nothing": (appends_to_nothing, "workshop author pin 02 app/m.py"),
    "check-append-missing": (append_missing, "workshop author pin 02 app/m.py"),
    "check-append-empty": (append_empty, "workshop author pin 02 app/m.py"),
    "check-removes-nothing": (removes_nothing, "workshop author pin 02 app/m.py"),
    "check-removed-yet-present": (removed_yet_present, "workshop author pin 02 app/m.py"),
    "check-empty-directory": (empty_directory, "steps/02_b/app/m.py"),
    "check-conflict": (conflict, "workshop author propagate 02"),
}


@pytest.mark.parametrize("message", CASES)
def test_a_mistake_is_found_and_named(course: Course, told: Told, message: str) -> None:
    """Exactly this finding, which names the layer, the path and the command."""
    build, mend = CASES[message]
    build(course)
    findings = check(course.layers())
    assert [found.message_id for found in findings] == [message]
    told(findings[0], "02_b", "app/m.py", mend)


def test_a_sound_course_has_no_findings(course: Course) -> None:
    """Adding, replacing, appending, removing and adding again are all fine."""
    course.step("a", {"m.py": "1\n", "Procfile": "web\n", "old.py": "x\n"})
    course.step("b", {"m.py": "2\n", "Procfile": "w\n"}, appends=["Procfile"], removes=["old.py"])
    course.step("c", {"old.py": "again\n", "m.py": "3\n"})
    assert check(course.layers()) == []


def test_a_clash_is_found_once(course: Course, told: Told) -> None:
    """Where a name differs only in case, both files are named, in the step that brings it."""
    course.step("a", {"app/m.py": "1\n"})
    course.step("b", {"app/M.py": "2\n"})
    course.step("c", {"x": "3\n"}, replaces={})
    findings = check(course.layers())
    assert [found.message_id for found in findings] == ["layers-clash"]
    told(findings[0], "steps/01_a/app/m.py", "steps/02_b/app/M.py")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no executable bit")
def test_the_executable_bit_counts(course: Course, told: Told) -> None:
    """A replacement that only sets the bit is one; a fragment has no bit of its own."""
    course.step("a", {"run": "1\n", "f": "1\n"})
    folder = course.step("b", {"run": "1\n", "f": "2\n"}, appends=["f"])
    (folder / "run").chmod(0o755)
    assert check(course.layers()) == []
    (folder / "f").chmod(0o755)
    findings = check(course.layers())
    assert [found.message_id for found in findings] == ["check-append-executable"]
    told(findings[0], "steps/02_b/f", "--chmod=-x")


def test_a_path_with_a_space_is_quoted_in_the_command(course: Course, told: Told) -> None:
    """The command can be pasted into a shell as it is."""
    course.step("a", {"мой файл.py": "1\n"})
    course.step("b", {"мой файл.py": "2\n"}, replaces={})
    (found,) = check(course.layers())
    told(found, 'workshop author pin 02 "мой файл.py"')


def test_headings_are_no_conflict(course: Course) -> None:
    """A line of equal signs, or an arrow of brackets alone, is ordinary text."""
    course.step("a", {"doc.rst": "Title\n=======\n>>>>>>> quoted\n"})
    assert check(course.layers()) == []


def test_a_file_that_git_ignores_is_found(course: Course, told: Told) -> None:
    """Neither a pattern of the repository nor one of the app may hide a file of a layer."""
    course.step("a", {".gitignore": "*.log\n", "app/x.py": "1\n"})
    course.commit()
    assert list(check_ignored(course.project, course.layers())) == []
    write(course.root / "steps/01_a/app/y.log", "1\n")
    (found,) = check_ignored(course.project, course.layers())
    told(found, "steps/01_a/app/y.log", "git add -f")


def test_files_are_counted_by_what_they_do(course: Course) -> None:
    """The share of replacing files is of all files of the layer."""
    course.step("a", {"m": "1\n", "p": "1\n", "old": "1\n"})
    course.step(
        "b", {"m": "2\n", "p": "2\n", "n": "1\n", "o": "1\n"}, appends=["p"], removes=["old"]
    )
    (_, first), (_, second) = count(course.layers())
    assert (first.files, first.added, first.replaced, first.share) == (3, 3, 0, 0)
    assert (second.files, second.added, second.replaced, second.appended) == (4, 2, 1, 1)
    assert (second.removed, second.share) == (1, 0.25)
    assert (first + second).share == pytest.approx(1 / 7)


def test_a_note_renders_in_the_language_of_the_moment(told: Told) -> None:
    """A note kept from before a change of language is not fixed in the old one."""
    told(Note("check-clean", {}))
