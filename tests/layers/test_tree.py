"""Writing a composition into a directory."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from workshop.errors import WorkshopError
from workshop.layers import compose, write_tree
from workshop.layers import tree as writing

from .conftest import Told
from .course import Course, tree, write

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has neither the bit nor plain links")


@pytest.fixture
def target(course: Course) -> Path:
    """Name a directory that does not exist yet."""
    return course.root / "готовое дерево"


def test_the_tree_equals_the_composition(course: Course, target: Path) -> None:
    """Going to a later step and back to an earlier one adds, changes and deletes."""
    course.step("a", {"app/main.py": "1\n", "app/old/x.py": "x\n", "лог.txt": "ё\n"})
    course.step("b", {"app/main.py": "2\n", "new/y.py": "y\n"}, removes=["app/old/x.py"])
    layers = course.layers()
    for number in (2, 1, 2):
        write_tree(compose(layers[:number]), target)
        assert tree(target) == {path: text.encode() for path, text in course.texts(number).items()}
    assert not (target / "app/old").exists()


def test_unchanged_files_are_not_written(course: Course, target: Path) -> None:
    """Only the file that differs gets a new modification time."""
    course.step("a", {"same": "1\n", "other": "1\n"})
    course.step("b", {"other": "2\n"})
    layers = course.layers()
    write_tree(compose(layers[:1]), target)
    for path in ("same", "other"):
        os.utime(target / path, (1, 1))
    write_tree(compose(layers), target)
    assert (target / "same").stat().st_mtime == 1
    assert (target / "other").stat().st_mtime > 1


def test_a_file_edited_by_hand_is_put_right(course: Course, target: Path) -> None:
    """An edit of the same length is seen too, and a deleted file comes back."""
    course.step("a", {"f": "abc\n", "g": "x\n"})
    write_tree(compose(course.layers()), target)
    write(target / "f", "xyz\n")
    (target / "g").unlink()
    write_tree(compose(course.layers()), target)
    assert tree(target) == {"f": b"abc\n", "g": b"x\n"}


def test_what_others_put_there_stays(course: Course, target: Path) -> None:
    """Local settings, environments and files of the user survive; caches of kept folders too."""
    course.step("a", {"app/main.py": "1\n", "gone/x.py": "x\n"})
    course.step("b", {}, removes=["gone/x.py"])
    layers = course.layers()
    write_tree(compose(layers[:1]), target)
    kept = {".env": b"A=1", "app/__pycache__/main.pyc": b"x", "notes.txt": b"mine"}
    for path, content in kept.items():
        write(target / path, content)
    write(target / "gone/__pycache__/x.pyc", "x")
    write_tree(compose(layers), target)
    assert tree(target) == {"app/main.py": b"1\n", **kept}
    assert not (target / "gone").exists(), "a folder of caches alone would still be importable"


def test_git_sees_nothing_of_the_tool(course: Course, target: Path) -> None:
    """The record of what was written ignores itself."""
    course.step("a", {"f": "1\n"})
    write_tree(compose(course.layers()), target)
    course.git("init", "--quiet", folder=target)
    untracked = course.git("ls-files", "--others", "--exclude-standard", folder=target)
    assert untracked == "f"


def test_a_file_may_become_a_folder_and_back(course: Course, target: Path) -> None:
    """Either way the old one gives place, with caches left in the folder."""
    course.step("a", {"di": "1\n"})
    course.step("b", {"di/main.py": "2\n"}, removes=["di"])
    layers = course.layers()
    write_tree(compose(layers[:1]), target)
    write_tree(compose(layers), target)
    write(target / "di/__pycache__/main.pyc", "x")
    write_tree(compose(layers[:1]), target)
    assert tree(target) == {"di": b"1\n"}


def test_files_in_the_way_are_not_lost(course: Course, target: Path, told: Told) -> None:
    """A user's file where a folder must be, or the other way round, is an error that names it."""
    course.step("a", {"app/main.py": "1\n"})
    write(target / "app", "mine")
    with pytest.raises(WorkshopError) as caught:
        write_tree(compose(course.layers()), target)
    told(caught.value, str(target / "app"))
    with pytest.raises(WorkshopError) as caught:
        write_tree(compose(course.layers()), target / "app")
    told(caught.value, str(target / "app"))
    (target / "app").unlink()
    write(target / "app/main.py/mine.txt", "mine")
    with pytest.raises(WorkshopError) as caught:
        write_tree(compose(course.layers()), target)
    told(caught.value, str(target / "app/main.py"))
    assert (target / "app/main.py/mine.txt").read_bytes() == b"mine"


@posix
def test_the_executable_bit_follows_the_layer(course: Course, target: Path) -> None:
    """It is set and cleared, also when the content stays."""
    folder = course.step("a", {"run": "1\n"})
    for mode in (0o755, 0o644):
        (folder / "run").chmod(mode)
        write_tree(compose(course.layers()), target)
        assert bool((target / "run").stat().st_mode & stat.S_IXUSR) == (mode == 0o755)


@posix
def test_links_are_replaced_and_what_they_point_to_is_left(course: Course, target: Path) -> None:
    """Neither writing nor deleting reaches outside the tree through a link."""
    course.step("a", {"app/main.py": "1\n", "f": "1\n"})
    course.step("b", {}, removes=["app/main.py"])
    layers = course.layers()
    outside = course.root / "outside"
    write(outside / "main.py", "1\n")
    target.mkdir()
    (target / "app").symlink_to(outside)
    (target / "f").symlink_to(outside / "main.py")
    write_tree(compose(layers[:1]), target)
    assert not (target / "app").is_symlink()
    assert not (target / "f").is_symlink()
    (target / "app/main.py").unlink()
    (target / "app").rmdir()
    (target / "app").symlink_to(outside)
    write_tree(compose(layers), target)
    assert (outside / "main.py").read_bytes() == b"1\n"


@pytest.mark.parametrize("record", [b"", b"nonsense", b"3", b'["../outside", "/etc/x", 1]'])
def test_a_damaged_record_deletes_nothing_outside(
    course: Course, target: Path, record: bytes
) -> None:
    """Whatever the record says, only paths inside the tree are touched."""
    course.step("a", {"f": "1\n"})
    write(course.root / "outside", "mine")
    write(target / ".workshop/written.json", record)
    write_tree(compose(course.layers()), target)
    assert (course.root / "outside").exists()
    assert tree(target) == {"f": b"1\n"}


def test_two_writers_do_not_mix(course: Course, target: Path) -> None:
    """However two threads take turns, the tree is one of the two compositions."""
    course.step("a", {f"f{n}": "1\n" for n in range(20)})
    course.step("b", {f"f{n}": "2\n" for n in range(20)})
    layers = course.layers()

    def again(number: int) -> None:
        for _ in range(10):
            write_tree(compose(layers[:number]), target)

    threads = [threading.Thread(target=again, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(tree(target).values())) == 1


def test_a_held_lock_is_an_error_in_the_end(
    course: Course, target: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wait for another process is limited, and the error names the tree."""
    course.step("a", {"f": "1\n"})
    monkeypatch.setattr(writing, "LOCK_SECONDS", 0.1)
    with writing.locked(target), pytest.raises(WorkshopError) as caught:
        write_tree(compose(course.layers()), target)
    told(caught.value, str(target))
