"""The chain of step branches, in real repositories."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from workshop.errors import WorkshopError
from workshop.layers.branches import build_branches

from .conftest import Told
from .course import Course, write


@pytest.fixture
def grown(course: Course) -> Course:
    """Make a committed course of three steps."""
    course.step("a", {"app/m.py": "1\n", "run": "x\n", "old": "x\n"})
    course.step("b", {"app/m.py": "2\n", "имя_файла.py": "n\n"}, removes=["old"])
    course.step("c", {"app/m.py": "3\n"}, appends=["app/m.py"])
    course.commit()
    return course


def build(course: Course, *, force: bool = False) -> list[str]:
    """Build the chain and return the messages."""
    return [
        note.message_id for note in build_branches(course.project, course.layers(), force=force)
    ]


def tips(course: Course) -> str:
    """Return the branches with their commits."""
    return course.git(
        "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads/step-*"
    )


def test_each_branch_holds_its_composition(grown: Course) -> None:
    """Commit k's tree is composition k and its parent is k-1, down to a root."""
    build(grown)
    for number in (1, 2, 3):
        branch = f"step-0{number}"
        listed = grown.git("-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", branch)
        texts = grown.texts(number)
        assert sorted(listed.splitlines()) == sorted(texts)
        for path, text in texts.items():
            assert grown.git("show", f"{branch}:{path}") == text.strip()
        assert grown.git("rev-list", "--count", branch) == str(number)
    assert grown.git("rev-parse", "step-03^") == grown.git("rev-parse", "step-02")


def test_the_difference_of_two_branches_is_the_layer(grown: Course) -> None:
    """`git diff step-01 step-02` shows what step 2 adds, changes and removes."""
    build(grown)
    shown = grown.git("-c", "core.quotePath=false", "diff", "--name-status", "step-01", "step-02")
    assert set(shown.splitlines()) == {"M\tapp/m.py", "A\tимя_файла.py", "D\told"}


def test_the_same_layers_give_the_same_hashes(grown: Course, tmp_path: Path) -> None:
    """Again, in another repository, and under another identity and time zone."""
    assert build(grown) == ["branches-written"] * 3
    before = tips(grown)
    assert build(grown) == ["branches-unchanged"] * 3
    assert tips(grown) == before
    other = Course(tmp_path / "other")
    (grown.root / "steps").rename(grown.root / "moved")
    other.root.mkdir()
    (grown.root / "moved").rename(other.root / "steps")
    other.commit()
    other.git("config", "user.name", "Somebody Else")
    other.git("config", "core.autocrlf", "true")
    other.git("config", "i18n.commitEncoding", "windows-1251")
    build(other)
    assert tips(other) == before


def test_the_hashes_are_those_of_every_day(course: Course) -> None:
    """A chain written today equals the one of the day when this test was written."""
    course.step("a", {"f": "1\n"})
    course.commit()
    build(course)
    assert tips(course) == "step-01 0fda03e08ac39acaf19a4f127198d2db596f8563"


def test_the_commit_says_which_step_it_is(grown: Course) -> None:
    """The subject is the title of step.toml, with the Russian one below it."""
    build(grown)
    assert grown.git("log", "-1", "--format=%s", "step-02") == "Step 02: B"
    assert "Шаг b" in grown.git("log", "-1", "--format=%b", "step-02")


def test_the_work_tree_and_the_index_are_left(grown: Course) -> None:
    """Staged and unstaged changes are the same after as before."""
    write(grown.root / "notes.txt", "staged\n")
    grown.git("add", "notes.txt")
    write(grown.root / "notes.txt", "unstaged\n")
    before = grown.git("status", "--porcelain=v2", "--branch")
    build(grown)
    assert grown.git("status", "--porcelain=v2", "--branch") == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no executable bit")
def test_the_executable_bit_is_kept(grown: Course) -> None:
    """Git's mode follows the layer's file."""
    (grown.root / "steps/01_a/run").chmod(0o755)
    build(grown)
    assert grown.git("ls-tree", "step-03", "run").startswith("100755")
    assert grown.git("ls-tree", "step-03", "app/m.py").startswith("100644")


def test_a_change_moves_the_branches_from_there_on(grown: Course) -> None:
    """Lower branches keep their hashes."""
    build(grown)
    write(grown.root / "steps/02_b/имя_файла.py", "changed\n")
    assert build(grown) == ["branches-unchanged", "branches-written", "branches-written"]


def test_a_branch_of_a_step_that_is_gone_is_deleted(grown: Course) -> None:
    """Only step branches: others with such a name stay."""
    build(grown)
    grown.git("branch", "step-03-notes", "step-03")
    (grown.root / "steps/03_c").rename(grown.root / "away")
    assert build(grown) == ["branches-unchanged", "branches-unchanged", "branches-deleted"]
    assert [line.split()[0] for line in tips(grown).splitlines()] == [
        "step-01",
        "step-02",
        "step-03-notes",
    ]


def commit_on(course: Course, branch: str) -> None:
    """Add somebody's commit to a branch."""
    course.git("switch", "--quiet", branch)
    write(course.root / "mine", "x\n")
    course.git("add", "mine")
    course.git("commit", "--quiet", "--message", "Моя правка")
    course.git("switch", "--quiet", "main")


def test_somebodys_commits_are_not_overwritten(grown: Course, told: Told) -> None:
    """The branch, the commit and `author import` are named; --force goes over it."""
    build(grown)
    before = tips(grown)
    commit_on(grown, "step-02")
    with pytest.raises(WorkshopError) as caught:
        build(grown)
    told(caught.value, "step-02", "Моя правка", "workshop author import", "--force")
    assert tips(grown) != before
    build(grown, force=True)
    assert tips(grown) == before


def test_an_amended_commit_is_somebodys(grown: Course) -> None:
    """The author may still be the tool; the committer is not."""
    build(grown)
    grown.git("switch", "--quiet", "step-02")
    grown.git("commit", "--quiet", "--amend", "--message", "changed")
    grown.git("switch", "--quiet", "main")
    with pytest.raises(WorkshopError) as caught:
        build(grown)
    assert caught.value.message_id == "branches-foreign"


@pytest.mark.parametrize("force", [False, True])
def test_a_checked_out_branch_is_not_moved(grown: Course, told: Told, *, force: bool) -> None:
    """Neither here nor in another work tree, and not by force; unchanged it is no obstacle."""
    build(grown)
    elsewhere = grown.root.parent / "другое дерево"
    grown.git("worktree", "add", "--quiet", str(elsewhere), "step-03")
    assert build(grown, force=force) == ["branches-unchanged"] * 3
    write(grown.root / "steps/03_c/app/m.py", "changed\n")
    with pytest.raises(WorkshopError) as caught:
        build(grown, force=force)
    told(caught.value, "step-03", "другое дерево", "git switch main")


def test_without_git_the_error_says_how_to_get_it(
    grown: Course, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit code is that of a machine that lacks something."""
    monkeypatch.setenv("PATH", str(grown.root))
    with pytest.raises(WorkshopError) as caught:
        build(grown)
    assert caught.value.exit_code == 3
    told(caught.value, "git-scm.com")


def test_outside_of_a_repository_nothing_is_made(course: Course, told: Told) -> None:
    """A course unpacked inside somebody's repository does not write branches into that one."""
    course.git("init", "--quiet", folder=course.root.parent)
    course.step("a", {"f": "1\n"})
    with pytest.raises(WorkshopError) as caught:
        build(course)
    assert caught.value.exit_code == 3
    told(caught.value, str(course.root), "git init")
    assert course.git("for-each-ref", folder=course.root.parent) == ""


def test_a_hook_of_another_repository_does_not_mislead(
    grown: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Git's variables in the environment, as hooks have them, are not followed."""
    other = Course(tmp_path / "other")
    other.root.mkdir()
    other.commit()
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.root / "index"))
    build(grown)
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert len(tips(grown).splitlines()) == 3
    assert tips(other) == ""
