"""Carrying changes up, with git's real merge and real history."""

from __future__ import annotations

import shutil

import pytest

from workshop.layers import Note, check
from workshop.layers.ownership import pin
from workshop.layers.propagation import propagate

from .conftest import Told
from .course import Course, write

BASE = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n"


@pytest.fixture
def replaced(course: Course) -> Course:
    """Make a course in which steps 2 and 3 replace a file of step 1, all committed."""
    course.step("a", {"app/m.py": BASE})
    course.step("b", {"app/m.py": BASE.replace("seven", "SEVEN")})
    course.step("c", {"app/m.py": BASE.replace("seven", "SEVEN") + "eight\n"})
    course.commit()
    return course


def edit(course: Course, step: str, old: str, new: str) -> None:
    """Edit the file of one step."""
    path = course.root / "steps" / step / "app/m.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    write(path, text.replace(old, new))


def carry(course: Course, number: int | None = None) -> list[Note]:
    """Propagate into one step, or into all."""
    layers = course.layers()
    return propagate(course.project, layers, layers[number - 1] if number else None)


def ids(notes: list[Note]) -> list[str]:
    """Name the messages."""
    return [note.message_id for note in notes]


def test_a_change_below_reaches_every_replacement(replaced: Course, told: Told) -> None:
    """The merge goes up step by step; afterwards nothing is stale."""
    edit(replaced, "01_a", "one", "ONE")
    notes = carry(replaced)
    assert ids(notes) == ["propagate-merged", "propagate-merged"]
    told(notes[0], "steps/02_b/app/m.py")
    changed = BASE.replace("one", "ONE").replace("seven", "SEVEN")
    assert replaced.texts(2) == {"app/m.py": changed}
    assert replaced.texts() == {"app/m.py": changed + "eight\n"}
    assert check(replaced.layers()) == []
    assert carry(replaced) == []


def test_one_step_can_be_carried_alone(replaced: Course) -> None:
    """The step above is stale after it, and can follow later: its base was never committed."""
    edit(replaced, "01_a", "one", "ONE")
    assert ids(carry(replaced, 2)) == ["propagate-merged"]
    assert ids(check(replaced.layers())) == ["check-stale"]
    edit(replaced, "02_b", "two", "TWO")
    assert ids(carry(replaced, 3)) == ["propagate-merged"]
    assert "ONE\nTWO\n" in replaced.texts()["app/m.py"]


def test_the_base_is_found_in_history(replaced: Course) -> None:
    """Also after several commits, a renamed step, and without anything kept on this machine."""
    edit(replaced, "01_a", "one", "ONE")
    replaced.commit()
    edit(replaced, "01_a", "two", "TWO")
    replaced.commit()
    shutil.rmtree(replaced.root / ".workshop", ignore_errors=True)
    assert ids(carry(replaced)) == ["propagate-merged", "propagate-merged"]
    assert replaced.texts()["app/m.py"].startswith("ONE\nTWO\n")


def test_the_base_of_an_appended_file_is_composed_from_history(course: Course) -> None:
    """What the replacement was written against may be no single file of any commit."""
    course.step("a", {"f [1]": "1\n2\n3\n"})
    course.step("b", {"f [1]": "4\n5\n"}, appends=["f [1]"])
    course.step("c", {"f [1]": "1\n2\n3\n4\n5\n6\n"})
    course.commit()
    write(course.root / "steps/01_a/f [1]", "0\n1\n2\n3\n")
    course.commit()
    assert ids(carry(course)) == ["propagate-merged"]
    assert course.texts() == {"f [1]": "0\n1\n2\n3\n4\n5\n6\n"}


def test_a_base_that_nobody_has_is_an_error(course: Course, told: Told) -> None:
    """Without history the author is told to compare and pin."""
    course.step("a", {"app/m.py": "1\n"})
    course.step("b", {"app/m.py": "2\n"})
    write(course.root / "steps/01_a/app/m.py", "3\n")
    (note,) = carry(course)
    assert note.trouble
    told(note, "steps/02_b/app/m.py", "workshop author pin 02 app/m.py")


def test_a_conflict_is_left_to_the_author(replaced: Course, told: Told) -> None:
    """Markers stay in the file, nothing is pinned, and steps above wait."""
    edit(replaced, "01_a", "seven", "sieben")
    pinned = replaced.layers()[1].replaces
    notes = carry(replaced)
    assert ids(notes) == ["propagate-conflict"]
    told(notes[0], "steps/02_b/app/m.py", "propagate 02", "pin 02 app/m.py")
    assert replaced.layers()[1].replaces == pinned
    assert "<<<<<<< steps/02_b/app/m.py" in replaced.texts(2)["app/m.py"]
    assert ids(carry(replaced)) == ["propagate-conflict-left"]


def resolve(course: Course, text: str) -> None:
    """Write what the author makes of the conflict."""
    write(course.root / "steps/02_b/app/m.py", text)


def test_a_resolved_conflict_is_finished_by_propagate(replaced: Course) -> None:
    """The resolved file is pinned as it is, never merged a second time."""
    edit(replaced, "01_a", "seven", "sieben")
    carry(replaced)
    resolved = BASE.replace("seven", "SIEBEN")
    resolve(replaced, resolved)
    assert ids(carry(replaced, 2)) == ["propagate-resolved"]
    assert replaced.texts(2) == {"app/m.py": resolved}
    assert check(replaced.layers()[:2]) == []


def test_a_resolved_conflict_is_finished_by_pin(replaced: Course) -> None:
    """Pinning by hand forgets the conflict too: a later change merges from the new base."""
    edit(replaced, "01_a", "seven", "sieben")
    carry(replaced)
    resolve(replaced, BASE.replace("seven", "SIEBEN"))
    layers = replaced.layers()
    pin(replaced.project, layers, layers[1], "app/m.py")
    edit(replaced, "01_a", "one", "ONE")
    assert ids(carry(replaced, 2)) == ["propagate-merged"]
    assert replaced.texts(2)["app/m.py"] == BASE.replace("seven", "SIEBEN").replace("one", "ONE")


def test_a_change_during_a_conflict_is_merged_from_the_right_base(replaced: Course) -> None:
    """What was merged into the file before is not asked about again."""
    edit(replaced, "01_a", "seven", "sieben")
    carry(replaced)
    resolve(replaced, BASE.replace("seven", "SIEBEN"))
    edit(replaced, "01_a", "one", "ONE")
    assert ids(carry(replaced, 2)) == ["propagate-merged"]
    assert replaced.texts(2)["app/m.py"] == BASE.replace("seven", "SIEBEN").replace("one", "ONE")


def test_an_abandoned_merge_is_done_again(replaced: Course) -> None:
    """A file put back to what it was before the merge still lacks the change below."""
    before = replaced.texts(2)["app/m.py"]
    edit(replaced, "01_a", "seven", "sieben")
    carry(replaced)
    resolve(replaced, before)
    assert ids(carry(replaced, 2)) == ["propagate-conflict"]


def test_a_replacement_that_became_needless_goes(replaced: Course, told: Told) -> None:
    """When the lower step takes the change over, the upper file and its pin disappear."""
    edit(replaced, "01_a", "seven", "SEVEN")
    notes = carry(replaced)
    assert ids(notes) == ["propagate-released", "propagate-merged"] or ids(notes) == [
        "propagate-released"
    ]
    told(notes[0], "steps/02_b/app/m.py")
    assert not (replaced.root / "steps/02_b/app").exists()
    assert check(replaced.layers()) == []


def test_binary_files_are_not_merged(course: Course, told: Told) -> None:
    """The author is told to update the file and pin it."""
    course.step("a", {"logo.png": b"\0\1"})
    course.step("b", {"logo.png": b"\0\2"})
    course.commit()
    write(course.root / "steps/01_a/logo.png", b"\0\3")
    (note,) = carry(course)
    told(note, "steps/02_b/logo.png", "workshop author pin 02 logo.png")
    assert course.layers()[1].files["logo.png"].content == b"\0\2"
