"""Definitions are found by name in a composed app."""

from __future__ import annotations

import pytest

from workshop.errors import WorkshopError
from workshop.layers import compose
from workshop.targets import Found, Target, find

from .small import Small


def found(small: Small, written: str) -> Found:
    """Find a target at the end of the last step."""
    return find(compose(small.course.layers), Target.parse(written))


def refusal(small: Small, written: str) -> WorkshopError:
    """Return the error of a target that is not there."""
    with pytest.raises(WorkshopError) as caught:
        found(small, written)
    return caught.value


@pytest.mark.parametrize("written", ["app/model.py", "app/model.py::Base.save", ".env.example"])
def test_a_target_reads_back_as_it_was_written(written: str) -> None:
    """What is shown in an error can be copied into a page."""
    assert str(Target.parse(written)) == written


@pytest.mark.parametrize(
    "written",
    ["", "/etc/passwd", "../x.py", "app//x.py", "app/x.py::", "a.py::1x", "a.py::class", "a.md::X"],
)
def test_what_is_no_target_is_refused(written: str) -> None:
    """A path stays inside the app, and a name is a name of Python."""
    with pytest.raises(WorkshopError, match="“"):
        Target.parse(written)


def test_a_class_comes_whole(small: Small) -> None:
    """From its first line to its last, with a newline at the end."""
    base = found(small, "app/model.py::Base")
    assert base.source.startswith("class Base:")
    assert base.source.endswith('"""Keep it."""\n')
    assert (base.first, base.last, base.layer.name) == (8, 14, "01_base")


def test_a_method_comes_without_its_indentation(small: Small) -> None:
    """It is read by itself."""
    assert found(small, "app/model.py::Base.save").source.startswith("def save(self)")


def test_a_constant_brings_its_comment_and_its_docstring(small: Small) -> None:
    """Both explain it."""
    source = found(small, "app/model.py::NAMES").source
    assert source.startswith("# Why the name matters.\n")
    assert source.endswith('"""How constraints are called."""\n')


def test_decorators_belong_to_the_definition(small: Small) -> None:
    """A fixture without its decorator would be another thing."""
    small.write("steps/01_base/app/made.py", "import functools\n\n@functools.cache\ndef f(): ...\n")
    assert found(small, "app/made.py::f").source.startswith("@functools.cache\n")


def test_a_property_and_its_setter_are_one(small: Small) -> None:
    """They have one name and stand side by side."""
    text = (
        "class A:\n    @property\n    def x(self): ...\n\n    @x.setter\n    def x(self, v): ...\n"
    )
    small.write("steps/01_base/app/made.py", text)
    assert found(small, "app/made.py::A.x").source.count("def x") == 2


def test_lines_of_an_appended_file_belong_to_the_layer_that_wrote_them(small: Small) -> None:
    """A whole file belongs to the step that began it."""
    assert found(small, ".env.example").layer.name == "01_base"
    assert "COUNT=5" in found(small, ".env.example").source


def test_other_line_ends_do_not_shift_what_is_found(small: Small) -> None:
    """A form feed or U+2028 ends no line of Python."""
    small.write("steps/01_base/app/made.py", 'A = "\u2028"\n\x0c\nB = 2\nC = 3\n')
    assert found(small, "app/made.py::B").source == "B = 2\n"


def test_a_missing_file_is_named_with_its_like(small: Small) -> None:
    """The writer sees at once what was meant."""
    assert "app/model.py" in str(refusal(small, "app/models.py::Base"))


@pytest.mark.parametrize(("asked", "meant"), [("Bse", "Base"), ("save", "Base.save")])
def test_a_missing_name_is_named_with_its_like(small: Small, asked: str, meant: str) -> None:
    """A misspelling, and a method without its class."""
    assert meant in str(refusal(small, f"app/model.py::{asked}"))


def test_a_name_defined_twice_is_refused(small: Small) -> None:
    """Nobody could say which one is meant; both lines are named."""
    small.write("steps/01_base/app/made.py", "A = 1\n\n\nB = 2\n\n\nA = 3\n")
    assert "1, 7" in str(refusal(small, "app/made.py::A"))


def test_a_file_that_is_no_python_is_named(small: Small) -> None:
    """With the line."""
    small.write("steps/01_base/app/made.py", "A = 1\nB = (\n")
    assert "line 2" in str(refusal(small, "app/made.py::A"))
