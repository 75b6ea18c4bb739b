"""What of a module is changed, and what is left as it is."""

from __future__ import annotations

import pytest

from mutants.changing import Module, Mutant


def changes_of(source: str) -> list[tuple[str, str]]:
    """List the lines that differ in each mutant of a module, as they are and as they become."""
    return [(one.before, one.after) for one in mutants_of(source)]


def mutants_of(source: str) -> list[Mutant]:
    """Make all mutants of a module."""
    places = Module("app/some.py", source).places
    return [mutant for place in places for mutant in place.mutants(1)]


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("ready = age >= 18", "ready = age > 18"),
        ("ready = age >= 18", "ready = age >= 19"),
        ("ready = age and name", "ready = age or name"),
        ("call(first, key=second)", "call(key=second)"),
        ("call(first, key=second)", "call(first, key=None)"),
        ("flag = True", "flag = False"),
        ('key = "name"', 'key = "XXnameXX"'),
        ("if ready: pass", "if not (ready): pass"),
        ("while call(): pass", "while not (call()): pass"),
        ("size: Annotated[int, Query(ge=1)]", "size: Annotated[int, Query(ge=2)]"),
        ("both = first | second", "both = first & second"),
    ],
)
def test_behaviour_is_changed(line: str, changed: str) -> None:
    """Each line has a mutant that a test should notice."""
    assert (line, changed) in changes_of(f"{line}\n")


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring."""\n',
        "name: str | None\n",
        "size: Literal[10, 20]\n",
        "def call(name: 'Name' | None) -> list[int | None]:\n    pass\n",
        "int | None\n",
        '__all__ = ["name"]\n',
        "if TYPE_CHECKING:\n    limit = 10\n",
        'logger.info("it took %d seconds")\n',
        "logger = logging.getLogger(__name__)\n",
        'TypeVar("T")\n',
        'T = TypeVar("T", bound=str)\n',
        "@dataclass(frozen=True)\nclass One:\n    pass\n",
        'cast("list[int]", found)\n',
        'raise ValueError("this is no number")\n',
        'raise ValueError(f"{name} is no number")\n',
        'Field(description="Name")\n',
    ],
)
def test_what_only_readers_see_is_left_alone(source: str) -> None:
    """Types, exports, logged texts and texts for people: a change of them says nothing."""
    assert changes_of(source) == []


def test_text_stays_where_the_rest_of_a_call_is_changed() -> None:
    """Neither is the text replaced, nor left out."""
    changes = {after for _, after in changes_of('Field(ge=1, description="At least one.")\n')}
    assert changes == {
        'Field(ge=2, description="At least one.")',
        'Field(ge=None, description="At least one.")',
        'Field(description="At least one.")',
    }


def test_what_is_logged_beside_the_text_is_changed() -> None:
    """A log line is for machines too."""
    changes = {after for _, after in changes_of('logger.info("it took", size=1)\n')}
    assert changes == {'logger.info("it took", size=2)'}


def test_mutants_are_python_and_differ() -> None:
    """None is noticed only because it cannot be read."""
    source = "for one in some:\n    if one:\n        break\n    continue\nsize = 1\n"
    made = mutants_of(source)
    assert made
    for one in made:
        compile(one.source, "mutant", "exec")
        assert one.source != source


def test_mutant_is_known_by_its_lines() -> None:
    """Also one inside a call of several lines, whatever is above it."""
    source = "call(\n    first,\n    second + 1,\n)\n"
    (moved,) = (one for one in mutants_of("\n\n" + source) if one.after == "second - 1,")
    (found,) = (one for one in mutants_of(source) if one.after == "second - 1,")
    assert found.key == moved.key == ("app/some.py", "second + 1,", "second - 1,")
    assert (found.line, moved.line) == (3, 5)
    assert found.source == source.replace("+", "-")
