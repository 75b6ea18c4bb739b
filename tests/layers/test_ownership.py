"""Taking files over, and pinning."""

from __future__ import annotations

import pytest

from workshop.errors import WorkshopError
from workshop.layers import check, digest
from workshop.layers.ownership import own, pin

from . import test_checks
from .conftest import Told
from .course import Course, write


def test_owning_copies_the_composed_file_and_pins_it(course: Course, told: Told) -> None:
    """The copy holds what lower steps appended, and the declaration is true."""
    course.step("a", {"мой файл": "1\n"})
    course.step("b", {"мой файл": "2\n"}, appends=["мой файл"])
    course.step("c", {})
    layers = course.layers()
    note = own(course.project, layers, layers[2], "мой файл")
    told(note, "steps/03_c/мой файл", "steps/01_a/мой файл")
    owned = course.layers()[2]
    assert owned.files["мой файл"].content == b"1\n2\n"
    assert owned.replaces == {"мой файл": digest(b"1\n2\n")}
    assert [found.message_id for found in check(course.layers())] == ["check-identical"]


def test_comments_in_step_toml_survive(course: Course) -> None:
    """Only what is declared changes; comments and the order of keys stay."""
    course.step("a", {"f": "1\n", "g": "1\n"})
    manifest = course.step("b", {"g": "2\n"}) / "step.toml"
    text = "# Why this step.\n" + manifest.read_text(encoding="utf-8")
    text = text.replace("number = 2", "number = 2  # two").replace(
        "[replaces]", "[replaces]\n# pinned"
    )
    write(manifest, text)
    layers = course.layers()
    own(course.project, layers, layers[1], "f")
    pinned = digest(b"1\n")
    assert manifest.read_text(encoding="utf-8") == f'{text}f = "{pinned}"\n'


def test_a_step_toml_without_optional_keys_gets_them(course: Course) -> None:
    """The first replacement of a step needs no table prepared for it."""
    course.step("a", {"f": "1\n"})
    folder = course.step("b", {})
    write(
        folder / "step.toml",
        'number = 2\nslug = "b"\nservices = []\n[title]\nen = "B"\nru = "Б"\n',
    )
    layers = course.layers()
    own(course.project, layers, layers[1], "f")
    assert course.layers()[1].replaces == {"f": digest(b"1\n")}


def test_what_cannot_be_owned_is_an_error(course: Course, told: Told) -> None:
    """A file that the step has, and one that is not below; similar paths are offered."""
    course.step("a", {"app/main.py": "1\n"})
    course.step("b", {"app/own.py": "1\n"})
    layers = course.layers()
    with pytest.raises(WorkshopError) as caught:
        own(course.project, layers, layers[1], "app/own.py")
    told(caught.value, "steps/02_b/app/own.py")
    with pytest.raises(WorkshopError) as caught:
        own(course.project, layers, layers[1], "app/mian.py")
    told(caught.value, "app/mian.py", "app/main.py")


@pytest.mark.parametrize(
    ("message", "delete"),
    [
        ("check-undeclared", False),
        ("check-undeclared-append", False),
        ("check-stale", False),
        ("check-replaces-nothing", False),
        ("check-replacement-missing", False),
        ("check-appends-to-nothing", False),
        ("check-append-missing", False),
        ("check-removes-nothing", False),
        ("check-removed-yet-present", False),
        ("check-identical", True),
        ("check-append-empty", True),
    ],
)
def test_pin_is_the_mend_that_check_promises(course: Course, message: str, *, delete: bool) -> None:
    """After the command that the finding names, the finding is gone."""
    build, _ = test_checks.CASES[message]
    build(course)
    if delete:
        (course.root / "steps/02_b/app/m.py").unlink()
    layers = course.layers()
    pin(course.project, layers, layers[1], "app/m.py")
    assert message not in [found.message_id for found in check(course.layers())]
    assert check(course.layers()[:2]) == []


def test_pin_says_when_there_is_nothing_to_do(course: Course, told: Told) -> None:
    """A declaration that is true already is left."""
    course.step("a", {"f": "1\n"})
    course.step("b", {"f": "2\n"})
    layers = course.layers()
    note = pin(course.project, layers, layers[1], "f")
    assert note.message_id == "pin-unchanged"
    told(note, "steps/02_b/f")


def test_pin_refuses_the_unknown_and_the_unresolved(course: Course, told: Told) -> None:
    """A path that the step has nothing to do with, and a file with conflict markers."""
    course.step("a", {"app/m.py": "1\n"})
    course.step("b", {"app/m.py": test_checks.CONFLICT})
    layers = course.layers()
    with pytest.raises(WorkshopError) as caught:
        pin(course.project, layers, layers[1], "app/n.py")
    told(caught.value, "steps/02_b/app/n.py", "app/m.py")
    with pytest.raises(WorkshopError) as caught:
        pin(course.project, layers, layers[1], "app/m.py")
    told(caught.value, "steps/02_b/app/m.py")
