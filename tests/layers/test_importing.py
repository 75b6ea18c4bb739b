"""Reading edited step branches back, after real rebases."""

from __future__ import annotations

import pytest

from workshop.errors import WorkshopError
from workshop.layers import Note, check
from workshop.layers.branches import build_branches
from workshop.layers.importing import import_branches
from workshop.layers.propagation import propagate

from .conftest import Told
from .course import Course, write


@pytest.fixture
def chained(course: Course) -> Course:
    """Make a committed course with its branches, and `work` checked out nowhere near them."""
    course.step("a", {"app/m.py": "1\n2\n3\n4\n5\n", "Procfile": "web\n", "old": "x\n"})
    course.step("b", {"app/m.py": "1\n2\n3\n4\nV\n", "Procfile": "worker\n"}, appends=["Procfile"])
    course.step("c", {"новый": "n\n", "app/m.py": "1\n2\n3\n4\nV\n6\n"}, removes=["old"])
    course.commit()
    build_branches(course.project, course.layers())
    return course


def take(course: Course) -> list[Note]:
    """Import the branches."""
    return import_branches(course.project, course.layers())


def edit_branch(course: Course, branch: str, path: str, text: str, *, amend: bool = False) -> None:
    """Commit an edit on a branch."""
    course.git("switch", "--quiet", branch)
    write(course.root / path, text)
    course.git("add", "--all")
    extra = ("--amend", "--no-edit") if amend else ("--message", "edit")
    course.git("commit", "--quiet", *extra)
    course.git("switch", "--quiet", "main")


def test_an_unedited_chain_changes_nothing(chained: Course) -> None:
    """The layers that come back are the ones that went out."""
    before = chained.layers()
    assert take(chained) == []
    assert chained.layers() == before


@pytest.mark.parametrize("amend", [False, True])
def test_a_rebased_chain_becomes_the_layers(chained: Course, *, amend: bool) -> None:
    """A change in step 1 reaches the replacements above as git rebased them."""
    old = chained.git("rev-parse", "step-01")
    edit_branch(chained, "step-01", "app/m.py", "ONE\n2\n3\n4\n5\n", amend=amend)
    for lower, branch in (("step-01", "step-02"), ("step-02", "step-03")):
        base, old = old, chained.git("rev-parse", branch)
        chained.git("rebase", "--quiet", "--onto", lower, base, branch)
    chained.git("switch", "--quiet", "main")
    changed = {str(note.arguments["file"]) for note in take(chained)}
    assert {f"steps/{name}/app/m.py" for name in ("01_a", "02_b", "03_c")} <= changed
    assert chained.texts(2)["app/m.py"] == "ONE\n2\n3\n4\nV\n"
    assert chained.texts()["app/m.py"] == "ONE\n2\n3\n4\nV\n6\n"
    assert check(chained.layers()) == []


@pytest.mark.parametrize("amend", [False, True])
def test_a_branch_that_was_not_rebased_is_told_and_mended(
    chained: Course, told: Told, *, amend: bool
) -> None:
    """Step 2 stays as it was, is stale now, and propagate brings it up."""
    edit_branch(chained, "step-01", "app/m.py", "ONE\n2\n3\n4\n5\n", amend=amend)
    notes = take(chained)
    assert [note.message_id for note in notes] == [
        "import-changed",
        "import-not-rebased",
        "check-stale",
    ]
    told(notes[1], "step-01", "step-02", "workshop author check")
    propagate(chained.project, chained.layers())
    assert check(chained.layers()) == []
    assert chained.texts(2)["app/m.py"] == "ONE\n2\n3\n4\nV\n"


def test_growth_stays_an_append_and_other_edits_replace(chained: Course) -> None:
    """Where a file that steps append to changes in the middle, it is replaced."""
    edit_branch(chained, "step-03", "Procfile", "web\nworker\nrelay\n")
    take(chained)
    assert chained.layers()[2].appends == ("Procfile",)
    assert chained.layers()[2].files["Procfile"].content == b"relay\n"
    chained.commit()
    edit_branch(chained, "step-03", "Procfile", "WEB\nworker\nrelay\n")
    take(chained)
    assert chained.layers()[2].appends == ()
    assert "Procfile" in chained.layers()[2].replaces
    assert check(chained.layers()) == []


def test_files_added_and_deleted_on_a_branch(chained: Course) -> None:
    """A deleted lower file becomes a removal; an own one just goes."""
    chained.git("switch", "--quiet", "step-03")
    chained.git("rm", "--quiet", "новый", "Procfile")
    chained.git("commit", "--quiet", "--message", "less")
    chained.git("switch", "--quiet", "main")
    edit_branch(chained, "step-03", "ещё/файл.py", "x\n")
    take(chained)
    layer = chained.layers()[2]
    assert set(layer.files) == {"ещё/файл.py", "app/m.py"}
    assert layer.removes == ("old", "Procfile")


def test_uncommitted_work_in_steps_is_not_overwritten(chained: Course, told: Told) -> None:
    """The file is named; uncommitted work elsewhere is no obstacle."""
    edit_branch(chained, "step-03", "новый", "theirs\n")
    write(chained.root / "steps/03_c/новый", "mine\n")
    with pytest.raises(WorkshopError) as caught:
        take(chained)
    told(caught.value, "steps/03_c/новый")
    chained.git("checkout", "--quiet", "steps")
    write(chained.root / "steps/03_c/app/other.py", "mine\n")
    with pytest.raises(WorkshopError):
        take(chained)
    (chained.root / "steps/03_c/app/other.py").unlink()
    take(chained)
    assert chained.texts()["новый"] == "theirs\n"


def test_a_chain_that_does_not_match_the_steps_is_an_error(chained: Course, told: Told) -> None:
    """A branch too few, one too many, and one that is built on nothing of ours."""
    chained.git("branch", "step-04", "step-03")
    with pytest.raises(WorkshopError) as caught:
        take(chained)
    told(caught.value, "step-04")
    chained.git("branch", "-D", "step-04")
    chained.git("branch", "-f", "step-03", "main")
    with pytest.raises(WorkshopError) as caught:
        take(chained)
    told(caught.value, "step-03", "step-02", "git rebase")
    chained.git("branch", "-D", "step-03")
    with pytest.raises(WorkshopError) as caught:
        take(chained)
    told(caught.value, "step-03", "workshop author branches")


def test_leftovers_that_were_committed_are_passed_over(chained: Course) -> None:
    """Local settings and caches do not enter a layer through a branch."""
    chained.git("switch", "--quiet", "step-03")
    write(chained.root / ".env", "SECRET=1\n")
    chained.git("add", "--force", ".env")
    chained.git("commit", "--quiet", "--message", "oops")
    chained.git("switch", "--quiet", "main")
    assert take(chained) == []


def test_a_link_on_a_branch_is_refused(chained: Course, told: Told) -> None:
    """No layer changes when one tree holds what a layer may not."""
    before = chained.layers()
    target = chained.git("rev-parse", "step-03:Procfile")
    chained.git("switch", "--quiet", "step-03")
    chained.git("update-index", "--add", "--cacheinfo", f"120000,{target},link")
    chained.git("commit", "--quiet", "--message", "link")
    chained.git("switch", "--quiet", "--force", "main")
    with pytest.raises(WorkshopError) as caught:
        take(chained)
    told(caught.value, "link")
    assert chained.layers() == before
