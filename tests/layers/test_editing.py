"""Editing a composed tree and saving it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.errors import WorkshopError
from workshop.layers import Note, check
from workshop.layers.editing import open_edit, save_edit

from .conftest import Told
from .course import Course, tree, write


@pytest.fixture
def edited(course: Course) -> Course:
    """Make a course of three steps and open the end of the second for editing."""
    course.step("a", {"app/m.py": "1\n", "app/own.py": "1\n", "Procfile": "web\nbeat\n"})
    course.step(
        "b",
        {"app/own.py": "2\n", "Procfile": "worker\n", "app/new.py": "n\n"},
        appends=["Procfile"],
    )
    course.step("c", {"app/m.py": "3\n", "Procfile": "relay\n"}, appends=["Procfile"])
    start(course)
    return course


def start(course: Course, *, discard: bool = False) -> Path:
    """Open the end of step 2."""
    layers = course.layers()
    return open_edit(course.project, layers, layers[1], discard=discard)


def folder(course: Course) -> Path:
    """Name where the end of step 2 is edited."""
    return course.root / ".workshop/edit/02"


def save(course: Course) -> list[Note]:
    """Save the end of step 2."""
    layers = course.layers()
    return save_edit(course.project, layers, layers[1])


def saved(notes: list[Note]) -> list[str]:
    """Name the files that a save changed."""
    return [str(note.arguments["file"]) for note in notes if note.message_id == "edit-saved"]


def test_the_tree_is_a_clean_repository(edited: Course) -> None:
    """It holds the composition, committed, so that git shows the author's edits."""
    assert tree(folder(edited)) == {path: text.encode() for path, text in edited.texts(2).items()}
    assert edited.git("status", "--porcelain", folder=folder(edited)) == ""


def test_nothing_edited_is_nothing_saved(edited: Course) -> None:
    """Saving at once changes no file."""
    assert save(edited) == []


def test_a_changed_file_goes_to_its_owner(edited: Course, told: Told) -> None:
    """A file of a lower step changes there; the replacement above that it makes stale is named."""
    write(folder(edited) / "app/m.py", "1\nmore\n")
    write(folder(edited) / "app/own.py", "2\nmore\n")
    notes = save(edited)
    assert saved(notes) == ["steps/01_a/app/m.py", "steps/02_b/app/own.py"]
    assert edited.texts(1)["app/own.py"] == "1\n"
    assert notes[-1].message_id == "check-stale"
    told(notes[-1], "steps/03_c/app/m.py", "workshop author propagate 03")


def test_new_and_deleted_files_belong_to_the_step(edited: Course) -> None:
    """The step adds its new file, loses its own deleted one, and removes those of lower steps."""
    write(folder(edited) / "app/больше файлов.py", "x\n")
    (folder(edited) / "app/new.py").unlink()
    (folder(edited) / "app/m.py").unlink()
    (folder(edited) / "app/own.py").unlink()
    notes = save(edited)
    layer = edited.layers()[1]
    assert set(layer.files) == {"app/больше файлов.py", "Procfile"}
    assert layer.removes == ("app/m.py", "app/own.py")
    assert layer.replaces == {}
    assert edited.texts(1)["app/m.py"] == "1\n"
    assert notes[-1].message_id == "check-replaces-nothing"


def test_a_removed_file_may_be_brought_back(edited: Course) -> None:
    """As it was below: the removal goes. Otherwise: it becomes a replacement."""
    for path in ("app/m.py", "app/own.py"):
        (folder(edited) / path).unlink()
    save(edited)
    write(folder(edited) / "app/m.py", "1\n")
    write(folder(edited) / "app/own.py", "other\n")
    save(edited)
    layer = edited.layers()[1]
    assert (layer.removes, set(layer.replaces)) == ((), {"app/own.py"})
    assert check(edited.layers()) == []


@pytest.mark.parametrize(
    ("text", "owner", "fragment"),
    [
        ("WEB\nbeat\nworker\n", "WEB\nbeat\n", "worker\n"),
        ("web\nbeat\nWORKER\n", "web\nbeat\n", "WORKER\n"),
        ("web\nbeat\nworker\nmore\n", "web\nbeat\n", "worker\nmore\n"),
        ("first\nweb\nbeat\nworker\n", "first\nweb\nbeat\n", "worker\n"),
        ("web\nbeat\nbetween\nworker\n", "web\nbeat\nbetween\n", "worker\n"),
        ("web\nbeat\nworker", "web\nbeat\n", "worker"),
        ("worker\n", "", "worker\n"),
        ("web\nbeat\n", "web\nbeat\n", None),
    ],
)
def test_an_edit_in_an_appended_file_goes_to_the_lines_owner(
    edited: Course, text: str, owner: str, fragment: str | None
) -> None:
    """Each line belongs to the step that wrote it; a fragment without lines is no fragment."""
    write(folder(edited) / "Procfile", text)
    save(edited)
    first, second = edited.layers()[:2]
    assert first.files["Procfile"].content.decode() == owner
    kept = second.files.get("Procfile")
    assert (kept.content.decode() if kept else None) == fragment
    assert ("Procfile" in second.appends) == (fragment is not None)
    assert edited.texts(2)["Procfile"] == text


def test_lines_under_a_growing_file_become_the_steps_own(course: Course) -> None:
    """Where other steps append, lines added at the end are this step's fragment."""
    course.step("a", {"Procfile": "web\n"})
    course.step("b", {})
    course.step("c", {"Procfile": "relay\n"}, appends=["Procfile"])
    write(start(course) / "Procfile", "web\nworker\n")
    assert saved(save(course)) == ["steps/02_b/Procfile", "steps/02_b/step.toml"]
    assert course.layers()[1].appends == ("Procfile",)
    assert course.texts()["Procfile"] == "web\nworker\nrelay\n"


def test_unsaved_edits_are_not_overwritten(edited: Course, told: Told) -> None:
    """Opening again refuses, also when the author committed; --discard drops the edits."""
    write(folder(edited) / "app/m.py", "mine\n")
    edited.git("commit", "--all", "--quiet", "--message", "mine", folder=folder(edited))
    with pytest.raises(WorkshopError) as caught:
        start(edited)
    told(caught.value, ".workshop/edit/02", "workshop author save", "--discard")
    start(edited, discard=True)
    assert (folder(edited) / "app/m.py").read_bytes() == b"1\n"


def test_opening_again_keeps_local_settings(edited: Course) -> None:
    """What git ignores is no edit, and survives."""
    write(folder(edited) / ".gitignore", ".env\n")
    save(edited)
    write(folder(edited) / ".env", "A=1\n")
    write(edited.root / "steps/02_b/app/new.py", "changed\n")
    start(edited)
    assert (folder(edited) / ".env").exists()
    assert (folder(edited) / "app/new.py").read_bytes() == b"changed\n"


def test_saving_twice_saves_once(edited: Course) -> None:
    """After a save the tree is the new base, with the author's own commits below it."""
    write(folder(edited) / "app/m.py", "mine\n")
    assert saved(save(edited)) == ["steps/01_a/app/m.py"]
    assert save(edited) == []
    assert edited.git("status", "--porcelain", folder=folder(edited)) == ""


def test_a_file_that_moved_under_the_edit_is_not_overwritten(edited: Course, told: Told) -> None:
    """If the layers changed the same file meanwhile, nothing is saved."""
    write(folder(edited) / "app/m.py", "mine\n")
    write(folder(edited) / "app/own.py", "mine\n")
    write(edited.root / "steps/01_a/app/m.py", "theirs\n")
    with pytest.raises(WorkshopError) as caught:
        save(edited)
    told(caught.value, "app/m.py", ".workshop/edit/02")
    assert edited.texts(2)["app/own.py"] == "2\n"


def test_other_files_may_move_under_the_edit(edited: Course) -> None:
    """A change of another file in the layers is kept, and comes into the tree."""
    write(folder(edited) / "app/own.py", "mine\n")
    write(edited.root / "steps/01_a/app/m.py", "theirs\n")
    save(edited)
    assert edited.texts(2)["app/m.py"] == "theirs\n"
    assert (folder(edited) / "app/m.py").read_bytes() == b"theirs\n"


def test_files_that_no_layer_may_hold_are_not_saved(edited: Course, told: Told) -> None:
    """CRLF is refused before any file of the layers changes."""
    write(folder(edited) / "app/own.py", "mine\n")
    write(folder(edited) / "app/crlf.py", "x\r\n")
    with pytest.raises(WorkshopError) as caught:
        save(edited)
    told(caught.value, "app/crlf.py")
    assert edited.texts(2)["app/own.py"] == "2\n"


def test_the_apps_files_may_not_take_the_manifests_name(edited: Course, told: Told) -> None:
    """A file step.toml at the app's root would lie over the layer's own."""
    manifest = (edited.root / "steps/02_b/step.toml").read_bytes()
    write(folder(edited) / "step.toml", "mine = true\n")
    with pytest.raises(WorkshopError) as caught:
        save(edited)
    told(caught.value, "step.toml")
    assert (edited.root / "steps/02_b/step.toml").read_bytes() == manifest


def test_saving_what_is_not_open_is_an_error(course: Course, told: Told) -> None:
    """The command that opens it is named."""
    course.step("a", {})
    course.step("b", {})
    with pytest.raises(WorkshopError) as caught:
        save(course)
    told(caught.value, "workshop author edit 02")


def test_a_tree_that_lost_its_record_is_not_guessed_at(edited: Course, told: Told) -> None:
    """Neither opening nor saving does anything to it."""
    edited.git("update-ref", "-d", "refs/workshop/base", folder=folder(edited))
    for command in (start, save):
        with pytest.raises(WorkshopError) as caught:
            command(edited)
        told(caught.value, "workshop author edit 02 --discard")


def test_a_tree_without_its_repository_is_not_taken_for_the_courses(edited: Course) -> None:
    """Without .git the folder lies in the course's own repository; that one is left alone."""
    edited.commit()
    (folder(edited) / ".git").rename(edited.root / "elsewhere")
    with pytest.raises(WorkshopError) as caught:
        save(edited)
    assert caught.value.message_id == "git-no-repository"
