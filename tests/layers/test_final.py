"""Writing and comparing ``final/``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from workshop.layers.final import compare_final, write_final

from .conftest import Told
from .course import Course, tree, write


@pytest.fixture(params=["git", "no git"])
def written(course: Course, request: pytest.FixtureRequest) -> Course:
    """Make a course with final/ written, in a repository and outside of one."""
    course.step("a", {"app/main.py": "1\n", ".gitignore": ".env\n*.log\n__pycache__/\n"})
    course.step("b", {"app/main.py": "2\n", "новый.py": "3\n"})
    write_final(course.project)
    if request.param == "git":
        course.commit()
    return course


def test_final_equals_the_layers(written: Course) -> None:
    """It holds the composition and nothing of the tool's own."""
    assert tree(written.root / "final") == {
        path: text.encode() for path, text in written.texts().items()
    }
    assert not (written.root / "final/.workshop").exists()
    assert compare_final(written.project) == []
    assert write_final(written.project) == []


@pytest.mark.parametrize(
    ("path", "content", "message"),
    [
        ("app/main.py", "by hand\n", "final-changed"),
        ("app/main.py", None, "final-missing"),
        ("app/extra.py", "x\n", "final-extra"),
        ("app/empty.py", "", "final-extra"),
    ],
)
def test_a_difference_is_named_and_mended(
    written: Course, told: Told, path: str, content: str | None, message: str
) -> None:
    """Each kind of difference names the file and the command, and writing anew removes it."""
    place = written.root / "final" / path
    place.unlink() if content is None else write(place, content)
    (found,) = compare_final(written.project)
    assert found.message_id == message
    told(found, f"final/{path}", "nox -s final")
    (done,) = write_final(written.project)
    told(done, f"final/{path}")
    assert compare_final(written.project) == []


def test_leftovers_of_running_are_no_difference(written: Course) -> None:
    """Caches and local settings are neither reported nor deleted."""
    for path in ("app/__pycache__/main.pyc", ".env", ".pytest_cache/x"):
        write(written.root / "final" / path, "x")
    if not (written.root / ".git").exists():
        assert compare_final(written.project) == []
    write_final(written.project)
    assert (written.root / "final/.env").exists()
    assert (written.root / "final/app/__pycache__/main.pyc").exists()


def test_a_file_that_left_the_layers_leaves_final(written: Course) -> None:
    """Removing a file from its layer makes it a leftover that writing deletes."""
    (written.root / "steps/02_b/новый.py").unlink()
    assert [found.message_id for found in compare_final(written.project)] == ["final-extra"]
    write_final(written.project)
    assert not (written.root / "final/новый.py").exists()


def test_without_git_final_is_still_written(
    written: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tool then goes by its own list of leftovers."""
    monkeypatch.setenv("PATH", str(written.root))
    write(written.root / "final/extra.py", "x\n")
    write(written.root / "final/.env", "A=1\n")
    assert [found.message_id for found in compare_final(written.project)] == ["final-extra"]
    write_final(written.project)
    assert compare_final(written.project) == []
    assert (written.root / "final/.env").exists()


@pytest.mark.skipif(os.name == "nt", reason="making a link needs a privilege on Windows")
def test_a_link_in_final_is_a_difference(written: Course, tmp_path: Path) -> None:
    """Also when it leads to the right content; what it leads to is left alone."""
    place = written.root / "final/app/main.py"
    write(tmp_path / "elsewhere", "2\n")
    place.unlink()
    place.symlink_to(tmp_path / "elsewhere")
    assert [found.message_id for found in compare_final(written.project)] == ["final-changed"]
    write_final(written.project)
    assert not place.is_symlink()
    assert (tmp_path / "elsewhere").exists()
