"""The task after the last step: laid as that step ends, checked from outside."""

from __future__ import annotations

from workshop.exercises.challenge import capstone_slips

from .course import FakeCourse, write

PARTS = {
    "README.en.md": "# Build it\n",
    "README.ru.md": "# Постройте\n",
    "tests/test_orders.py": "def test_orders() -> None:\n"
    '    """Orders."""\n    from app.orders import ORDERS\n\n    assert ORDERS == 2\n',
    "solution/app/orders.py": "ORDERS = 2\n",
}


def lay_capstone(course: FakeCourse, **files: str) -> None:
    """Write the capstone of the course."""
    for path, content in {**PARTS, **files}.items():
        write(course.root / "exercises/capstone" / path, content)


def test_capstone_begins_at_the_end_of_the_last_step(course: FakeCourse) -> None:
    """Nothing is blank, the text is in the learner's language, and the work before is safe."""
    lay_capstone(course)
    course.run("start", "1")
    write(course.workspace.root / "app/sums.py", "MINE = 1\n")
    code, said = course.run("start", "capstone", language="ru")
    assert code == 0
    assert "# Постройте" in said
    assert "workshop undo" in said
    assert (course.workspace.root / "app/last.py").exists()
    assert "NotImplementedError" not in (course.workspace.root / "app/sums.py").read_text()
    course.run("undo")
    assert (course.workspace.root / "app/sums.py").read_text() == "MINE = 1\n"


def test_capstone_is_checked_on_the_learners_code(course: FakeCourse) -> None:
    """It is left until its tests pass; the text is shown each time."""
    lay_capstone(course)
    course.run("start", "capstone")
    code, said = course.run("check", "--capstone")
    assert code == 1
    assert "# Build it" in said
    write(course.workspace.root / "app/orders.py", "ORDERS = 2\n")
    assert course.run("check", "--capstone")[0] == 0


def test_capstone_waits_for_the_last_step(course: FakeCourse) -> None:
    """Whoever is not there yet is told how to get there."""
    lay_capstone(course)
    course.run("start", "1")
    code, said = course.run("check", "--capstone")
    assert code == 2
    assert "workshop start capstone" in said


def test_course_without_a_capstone_says_so(course: FakeCourse) -> None:
    """An old checkout may have none."""
    code, said = course.run("start", "capstone")
    assert code == 2
    assert "git pull" in said


def test_capstone_is_tried_out(course: FakeCourse) -> None:
    """Its tests must fail without the solution and pass with it, and everything else as well."""
    lay_capstone(course)
    assert list(capstone_slips(course.project, course.course.layers)) == []
    lay_capstone(
        course,
        **{
            "tests/test_green.py": "def test_green() -> None:\n    pass\n",
            "solution/app/last.py": 'END = "broken"\n',
        },
    )
    found = {note.message_id for note in capstone_slips(course.project, course.course.layers)}
    assert found == {"slip-challenge-green", "slip-challenge-fails"}
