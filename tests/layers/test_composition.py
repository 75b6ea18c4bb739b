"""Composing layers."""

from __future__ import annotations

import pytest

from workshop.layers import compose

from .course import Course


def test_layers_add_replace_append_and_remove(course: Course) -> None:
    """The composition holds what each step says, and every prefix is a composition too."""
    course.step("a", {"main.py": "1\n", "Procfile": "web\n", "old.py": "x\n"})
    course.step("b", {"main.py": "2\n", "Procfile": "worker\n"}, appends=["Procfile"])
    course.step("c", {"new.py": "y\n"}, removes=["old.py"])
    assert course.texts(1) == {"main.py": "1\n", "Procfile": "web\n", "old.py": "x\n"}
    assert course.texts(2) == {"main.py": "2\n", "Procfile": "web\nworker\n", "old.py": "x\n"}
    assert course.texts() == {"main.py": "2\n", "Procfile": "web\nworker\n", "new.py": "y\n"}


@pytest.mark.parametrize(
    ("below", "fragment", "composed"),
    [
        ("a\n", "b\n", "a\nb\n"),
        ("a", "b\n", "a\nb\n"),
        ("", "b\n", "b\n"),
        ("a\n", "\nb", "a\n\nb"),
        ("a", "", "a\n"),
    ],
)
def test_a_fragment_starts_on_a_line_of_its_own(
    course: Course, below: str, fragment: str, composed: str
) -> None:
    """A missing line end below is added; otherwise the bytes are just joined."""
    course.step("a", {"f": below})
    course.step("b", {"f": fragment}, appends=["f"])
    assert course.texts() == {"f": composed}


def test_each_file_knows_where_it_comes_from(course: Course) -> None:
    """The owner added or replaced it last; spans count lines from 1, both ends included."""
    course.step("a", {"f": "1\n2\n", "g": "1\n"})
    course.step("b", {"f": "3\n", "g": "2\n"}, appends=["f"])
    course.step("c", {"f": "4\n5"}, appends=["f"])
    composition = compose(course.layers())
    spans = [(span.layer.name, span.first, span.last) for span in composition["f"].spans]
    assert spans == [("01_a", 1, 2), ("02_b", 3, 3), ("03_c", 4, 5)]
    assert composition["f"].owner.name == "01_a"
    assert composition["g"].owner.name == "02_b"
    assert [part.layer.name for part in composition["g"].parts] == ["02_b"]


def test_a_replacement_starts_the_file_anew(course: Course) -> None:
    """What lower steps appended is gone, and later steps append to the replacement."""
    course.step("a", {"f": "1\n"})
    course.step("b", {"f": "2\n"}, appends=["f"])
    course.step("c", {"f": "new\n"})
    course.step("d", {"f": "3\n"}, appends=["f"])
    assert course.texts() == {"f": "new\n3\n"}
    assert compose(course.layers())["f"].owner.name == "03_c"


def test_a_removed_path_may_come_back(course: Course) -> None:
    """A later step that adds the path again owns it."""
    course.step("a", {"f": "1\n"})
    course.step("b", {}, removes=["f"])
    course.step("c", {"f": "2\n"})
    assert [course.texts(k) for k in (1, 2, 3)] == [{"f": "1\n"}, {}, {"f": "2\n"}]


def test_a_composition_is_sorted_by_path(course: Course) -> None:
    """The order does not depend on which step brought a file."""
    course.step("a", {"z": "", "m/x": ""})
    course.step("b", {"a": "", "m/b": ""})
    assert list(compose(course.layers())) == ["a", "m/b", "m/x", "z"]
