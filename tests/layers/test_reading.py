"""Reading steps: each mistake is an error that names the file, the cause and the mend."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from workshop.errors import WorkshopError
from workshop.layers import compose, read_layers

from .conftest import Told
from .course import Course, write

GOOD = """\
number = 1
slug = "first"
services = ["postgres", "redis"]
removes = []
appends = []

[title]
en = "First"
ru = "Первый"

[replaces]
"""

HASH = "sha256:" + "0" * 64

MISTAKES = {
    "not toml": (GOOD + "=", "layers-toml-invalid", "line 12"),
    "no number": (GOOD.replace("number = 1\n", ""), "layers-key-missing", "number = 2"),
    "no slug": (GOOD.replace('slug = "first"\n', ""), "layers-key-missing", "slug"),
    "no title": (GOOD.split("[title]", maxsplit=1)[0], "layers-key-missing", "title"),
    "no russian": (GOOD.replace('ru = "Первый"\n', ""), "layers-key-missing", "title.ru"),
    "no services": (
        "\n".join(GOOD.split("\n")[:2] + GOOD.split("\n")[3:]),
        "layers-key-missing",
        "services",
    ),
    "unknown key": ("remove = []\n" + GOOD, "layers-key-unknown", "removes"),
    "unknown language": (
        GOOD.replace("[replaces]", 'de = "Erster"'),
        "layers-key-unknown",
        "title.de",
    ),
    "number is text": (GOOD.replace("= 1", '= "1"'), "layers-key-type", "number"),
    "number is a truth": (GOOD.replace("= 1", "= true"), "layers-key-type", "True"),
    "title is text": (
        'title = "x"\n' + GOOD.split("[title]", maxsplit=1)[0],
        "layers-key-type",
        "title",
    ),
    "title of numbers": (GOOD.replace('"First"', "1"), "layers-key-type", "title.en"),
    "removes a number": (
        GOOD.replace("removes = []", "removes = [1]"),
        "layers-key-type",
        "removes",
    ),
    "number nought": (GOOD.replace("= 1", "= 0"), "layers-slug-invalid", "0"),
    "slug with capitals": (GOOD.replace("first", "First-x"), "layers-slug-invalid", "First-x"),
    "other folder": (GOOD.replace("first", "second"), "layers-folder-mismatch", "01_second"),
    "unknown service": (GOOD.replace('"redis"', '"kafka"'), "layers-service-unknown", "kafka"),
    "service twice": (GOOD.replace('"redis"', '"postgres"'), "layers-service-twice", "postgres"),
    "no digest": (GOOD + '"a" = "sha256:1"\n', "layers-digest-invalid", "sha256:1"),
    "absolute": (GOOD.replace("removes = []", 'removes = ["/a"]'), "layers-path-unsafe", "/a"),
    "drive": (GOOD.replace("removes = []", 'removes = ["C:a"]'), "layers-path-unsafe", "C:a"),
    "backslash": (GOOD.replace("removes = []", "removes = ['a\\b']"), "layers-path-unsafe", "a\\b"),
    "outside": (
        GOOD.replace("appends = []", 'appends = ["a/../../b"]'),
        "layers-path-unsafe",
        "..",
    ),
    "empty part": (
        GOOD.replace("appends = []", 'appends = ["a//b"]'),
        "layers-path-unsafe",
        "a//b",
    ),
    "empty path": (GOOD.replace("appends = []", 'appends = [""]'), "layers-path-unsafe", "appends"),
    "manifest": (GOOD + f'"step.toml" = "{HASH}"\n', "layers-path-unsafe", "step.toml"),
    "twice in a list": (
        GOOD.replace("removes = []", 'removes = ["a", "a"]'),
        "layers-path-twice",
        "a",
    ),
    "twice": (
        GOOD.replace("appends = []", 'appends = ["a"]') + f'"a" = "{HASH}"\n',
        "layers-path-twice",
        "appends",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_step_toml_is_named(course: Course, told: Told, mistake: str) -> None:
    """The error names the file and the key or value at fault, in both languages."""
    text, message, needle = MISTAKES[mistake]
    write(course.root / "steps/01_first/step.toml", text)
    with pytest.raises(WorkshopError) as caught:
        course.layers()
    assert caught.value.message_id == message
    told(caught.value, "steps/01_first/step.toml", needle)


def test_step_toml_must_be_utf8(course: Course, told: Told) -> None:
    """A file in another encoding is named with the position of the first bad byte."""
    write(course.root / "steps/01_first/step.toml", GOOD.encode("cp1251"))
    with pytest.raises(WorkshopError) as caught:
        course.layers()
    told(caught.value, "steps/01_first/step.toml", "UTF-8")


def test_numbers_run_without_gaps(course: Course, told: Told) -> None:
    """A missing number is named."""
    course.step("a", {})
    course.step("b", {}).rename(course.root / "steps/03_b")
    write(course.root / "steps/03_b/step.toml", GOOD.replace("1", "3").replace("first", "b"))
    with pytest.raises(WorkshopError) as caught:
        course.layers()
    told(caught.value, "steps/03_b", "02")


def test_a_number_is_there_once(course: Course, told: Told) -> None:
    """Two folders with one number are both named."""
    course.step("a", {})
    write(course.root / "steps/01_first/step.toml", GOOD)
    with pytest.raises(WorkshopError) as caught:
        course.layers()
    told(caught.value, "steps/01_a", "steps/01_first")


@pytest.mark.parametrize(
    ("folder", "message"),
    [("05-events", "layers-folder-name"), ("01_first", "layers-manifest-missing")],
)
def test_a_folder_that_is_no_step_is_named(
    course: Course, told: Told, folder: str, message: str
) -> None:
    """A folder with a wrong name, or without step.toml, is an error."""
    write(course.root / "steps" / folder / "app.py", "")
    with pytest.raises(WorkshopError) as caught:
        course.layers()
    assert caught.value.message_id == message
    told(caught.value, f"steps/{folder}")


def test_no_steps_is_an_error(course: Course, told: Told) -> None:
    """An empty steps/ tells how to make the first step."""
    with pytest.raises(WorkshopError) as caught:
        course.layers()
    told(caught.value, "steps", "step.toml")


def test_leftovers_are_no_part_of_a_layer(course: Course) -> None:
    """Caches, local settings and folders that hold nothing else are passed over."""
    folder = course.step("a", {"app/main.py": "x\n", ".env.example": "A=1\n"})
    for leftover in (
        *("app/__pycache__/main.pyc", "app/old.pyc", ".env", ".pytest_cache/x", ".DS_Store"),
        *(".mypy_cache/x", ".ruff_cache/x"),
    ):
        write(folder / leftover, "x")
    write(course.root / "steps/09_gone/app/__pycache__/main.pyc", "x")
    assert set(course.texts()) == {"app/main.py", ".env.example"}


@pytest.mark.skipif(os.name == "nt", reason="making a link needs a privilege on Windows")
@pytest.mark.parametrize("points_to", ["a", ".", "missing"])
def test_a_link_is_refused(course: Course, told: Told, points_to: str) -> None:
    """A symbolic link in a layer is an error, wherever it points."""
    folder = course.step("a", {"a": ""})
    (folder / "b").symlink_to(points_to)
    with pytest.raises(WorkshopError) as caught:
        course.layers()
    told(caught.value, "steps/01_a/b")


def test_crlf_is_refused_in_text_only(course: Course, told: Told) -> None:
    """A text with CRLF is an error; the same bytes in a binary file are data."""
    course.step("a", {"logo.png": b"\0\r\n"})
    course.layers()
    write(course.root / "steps/01_a/a.txt", "x\r\n")
    with pytest.raises(WorkshopError) as caught:
        course.layers()
    told(caught.value, "steps/01_a/a.txt", "LF")


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot hold these names at all")
@pytest.mark.parametrize(
    "name", ["aux.py", "a:b", "Con", "end.", "end ", "q?", "nul", ".git/x", ".workshop/x"]
)
def test_a_name_that_windows_refuses_is_refused(course: Course, told: Told, name: str) -> None:
    """The part of the path at fault is named."""
    course.step("a", {f"app/{name}": ""})
    with pytest.raises(WorkshopError) as caught:
        course.layers()
    told(caught.value, "steps/01_a/app/", name.split("/", maxsplit=1)[0])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name themselves")
def test_a_name_that_is_not_utf8_is_refused(course: Course, told: Told) -> None:
    """The message can be printed, though the name cannot."""
    folder = course.step("a", {})
    (folder / os.fsdecode(b"caf\xe9.py")).write_bytes(b"")
    with pytest.raises(WorkshopError) as caught:
        course.layers()
    told(caught.value, "caf?.py")
    str(caught.value).encode()


def test_names_near_the_refused_ones_are_fine(course: Course) -> None:
    """`.gitignore`, `console.py` and `auxiliary` are ordinary names."""
    names = {".gitignore", "console.py", "auxiliary", "com10", "моё имя.md"}
    course.step("a", dict.fromkeys(names, ""))
    assert set(course.texts()) == names


def _case_sensitive(folder: Path) -> bool:
    write(folder / "case", "")
    return not (folder / "CASE").exists()


def test_names_that_differ_only_in_case_are_refused(course: Course, told: Told) -> None:
    """Within a layer, and between layers, also where only a directory differs."""
    course.step("a", {"app/user.py": "x\n"})
    course.step("b", {"App/other.py": "y\n"})
    with pytest.raises(WorkshopError) as caught:
        compose(read_layers(course.project))
    told(caught.value, "steps/01_a/app/user.py", "steps/02_b/App/other.py")
    if _case_sensitive(course.root):
        write(course.root / "steps/01_a/app/USER.py", "z\n")
        with pytest.raises(WorkshopError) as caught:
            course.layers()
        told(caught.value, "steps/01_a/app/USER.py", "steps/01_a/app/user.py")


def test_a_file_and_a_folder_of_one_name_are_refused(course: Course, told: Told) -> None:
    """A step may turn a file into a folder only if it removes the file."""
    course.step("a", {"app/di": "x\n"})
    folder = course.step("b", {"app/di/main.py": "y\n"})
    with pytest.raises(WorkshopError) as caught:
        compose(course.layers())
    told(caught.value, "steps/01_a/app/di", "steps/02_b/app/di/main.py")
    manifest = folder / "step.toml"
    write(
        manifest,
        manifest.read_text(encoding="utf-8").replace("removes = []", 'removes = ["app/di"]'),
    )
    assert set(course.texts()) == {"app/di/main.py"}
