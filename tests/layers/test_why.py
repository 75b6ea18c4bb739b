"""Which step wrote a line."""

from __future__ import annotations

import pytest

from workshop import messages
from workshop.errors import WorkshopError
from workshop.layers.explaining import explain
from workshop.layers.final import write_final
from workshop.layers.tracing import origins

from .conftest import Told
from .course import Course, write


@pytest.fixture
def traced(course: Course) -> Course:
    """Make a course in which a file is added, appended to, replaced and appended to again."""
    course.step("a", {"app/m.py": "one\ntwo\n", "app/gone.py": "x\n", "tests/test_a.py": "t\n"})
    course.step("b", {"app/m.py": "three\nfour\n", "tests/test_b.py": "t\n"}, appends=["app/m.py"])
    course.step("c", {"app/m.py": "zero\none\nthree\nfour!\n"}, removes=["app/gone.py"])
    course.step("d", {"app/m.py": "one\n", "tests/factory.py": "t\n"}, appends=["app/m.py"])
    write_final(course.project)
    return course


def ask(course: Course, place: str) -> list[str]:
    """Ask and return the answer's lines."""
    return [str(note) for note in explain(course.project, course.layers(), place)]


def test_a_line_stays_with_the_step_that_wrote_it(traced: Course) -> None:
    """A replacement gets only the lines that it changed; equal lines of an append are its own."""
    found = [(origin.layer.number, origin.line) for origin in origins(traced.layers(), "app/m.py")]
    assert found == [(3, 1), (1, 1), (2, 1), (3, 4), (4, 1)]


def test_a_path_that_was_removed_starts_anew(course: Course) -> None:
    """The same line written again later is the later step's."""
    course.step("a", {"f": "1\n"})
    course.step("b", {}, removes=["f"])
    course.step("c", {"f": "1\n"})
    assert [origin.layer.number for origin in origins(course.layers(), "f")] == [3]


def test_a_base_without_line_end_keeps_its_line(course: Course) -> None:
    """The line end that appending adds does not make the line another one."""
    course.step("a", {"f": "1"})
    course.step("b", {"f": "2"}, appends=["f"])
    found = [(origin.layer.number, origin.line) for origin in origins(course.layers(), "f")]
    assert found == [(1, 1), (2, 1)]


def test_a_column_is_passed_over(traced: Course) -> None:
    """Linters and compilers print one after the line."""
    assert ask(traced, "app/m.py:3:14") == ask(traced, "app/m.py:3")


@pytest.mark.parametrize("prefix", ["", "final/", "./final/"])
def test_a_line_of_the_finished_app(traced: Course, prefix: str) -> None:
    """The step, its file and line, where a replacement kept it, and the step's tests."""
    answer = ask(traced, f"{prefix}app/m.py:3")
    assert answer[0] == "app/m.py:3: three"
    assert "step 02 (B): steps/02_b/app/m.py:1" in answer[1]
    assert "step 03 (C)" in answer[2]
    assert "steps/03_c/app/m.py:3" in answer[2]
    assert answer[3:] == ["Test: steps/02_b/tests/test_b.py"]


def test_a_full_path_is_understood(traced: Course) -> None:
    """As an editor copies it."""
    assert ask(traced, f"{traced.root / 'final/app/m.py'}:3") == ask(traced, "app/m.py:3")


def test_a_line_of_a_layers_own_file(traced: Course) -> None:
    """Counted in that file, and answered as of that step."""
    answer = ask(traced, "steps/02_b/app/m.py:2")
    assert answer[0] == "app/m.py:4: four"
    assert "steps/02_b/app/m.py:2" in answer[1]
    assert "step 01" in ask(traced, "steps/03_c/app/m.py:2")[1]


def test_a_file_without_a_line(traced: Course, told: Told) -> None:
    """How many lines each step wrote, in order."""
    notes = explain(traced.project, traced.layers(), "app/m.py")
    shown = [(note.arguments["number"], note.arguments["count"]) for note in notes[1:5]]
    assert shown == [("01", 1), ("02", 1), ("03", 2), ("04", 1)]
    told(notes[0], "app/m.py", "steps/03_c/app/m.py")
    told(notes[3], "03", "2")


def test_the_page_is_named_in_the_readers_language(
    traced: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a page that exists is."""
    write(traced.root / "docs/ru/steps/02_b.md", "# Б\n")
    assert not any("docs" in line for line in ask(traced, "app/m.py:3"))
    monkeypatch.setattr(messages, "_chosen", "ru")
    assert "Страница: docs/ru/steps/02_b.md" in ask(traced, "app/m.py:3")


@pytest.mark.parametrize(
    ("place", "needles"),
    [
        ("app/n.py", ("app/n.py", "app/m.py")),
        ("m.py:3", ("m.py", "app/m.py")),
        ("final/app/gone.py", ("app/gone.py", "steps/03_c/step.toml")),
        ("steps/02_b/app/n.py", ("steps/02_b/app/n.py", "app/m.py")),
        ("steps/09_x/app/m.py", ("09_x", "01_a")),
        ("app/m.py:0", ("app/m.py", "5")),
        ("app/m.py:6", ("app/m.py", "5")),
        ("steps/02_b/app/m.py:3", ("steps/02_b/app/m.py", "2")),
        ("", ("—",)),
        ("/etc/passwd", ("/etc/passwd",)),
    ],
)
def test_a_wrong_place_is_an_error_with_what_is_near(
    traced: Course, told: Told, place: str, needles: tuple[str, ...]
) -> None:
    """The command was called wrongly: exit code 2."""
    with pytest.raises(WorkshopError) as caught:
        ask(traced, place)
    assert caught.value.exit_code == 2
    told(caught.value, *needles)


def test_an_outdated_final_is_told(traced: Course, told: Told) -> None:
    """Its line numbers may be others; a question about a layer's file does not concern it."""
    write(traced.root / "final/app/m.py", "new line\n")
    note = explain(traced.project, traced.layers(), "app/m.py:3")[0]
    assert note.trouble
    told(note, "final/app/m.py", "nox -s final")
    own = explain(traced.project, traced.layers(), "steps/02_b/app/m.py:1")
    assert not any(note.trouble for note in own)


def test_an_empty_file_has_no_lines(course: Course) -> None:
    """It can be asked about, its first line cannot."""
    course.step("a", {"__init__.py": ""})
    assert "0 lines" in ask(course, "__init__.py")[0]
    with pytest.raises(WorkshopError):
        ask(course, "__init__.py:1")
