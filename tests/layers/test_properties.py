"""Properties that hold for every course that Hypothesis can think of."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from workshop.layers import Layer, LayerFile, check, compose, digest, write_tree
from workshop.layers.absorption import absorb, changes_between, distribute
from workshop.layers.branches import build_branches
from workshop.layers.composition import Composition
from workshop.layers.editing import edit_folder, open_edit, save_edit
from workshop.layers.importing import import_branches
from workshop.layers.names import clash

from .course import Course, tree, write, write_manifest

PATHS = ("app/m.py", "app", "Procfile", "имя файла.md", "a b/[x].txt", "a b/y")

Plan = list[dict[str, tuple[str, LayerFile]]]
"""For each step: path -> what the step does there, and with which content."""

contents = st.lists(st.sampled_from("abc\n"), max_size=8).map(lambda text: "".join(text).encode())
# Windows keeps no executable bit on the disk.
bits = st.just(False) if os.name == "nt" else st.booleans()  # noqa: FBT003 - a strategy's only value
files = st.builds(LayerFile, contents, bits)
actions = st.tuples(st.sampled_from(("put", "put", "append", "append", "remove")), files)
plans = st.lists(
    st.dictionaries(st.sampled_from(PATHS), actions, max_size=4), min_size=1, max_size=4
)
edits = st.dictionaries(st.sampled_from(PATHS), st.none() | files, max_size=4)


def is_tree(paths: set[str]) -> bool:
    """Whether one directory can hold all the paths."""
    return clash(paths) is None


def make_layer(number: int, plan: Mapping[str, tuple[str, LayerFile]], below: Composition) -> Layer:
    """Make a sound layer out of a plan; what would make no sense over ``below`` is left out."""
    kept: dict[str, LayerFile] = {}
    replaces: dict[str, str] = {}
    appends: list[str] = []
    removes: list[str] = []
    paths = set(below)
    for path, (action, file) in plan.items():
        if action == "remove" and path in below:
            removes.append(path)
            paths.discard(path)
        elif action == "append" and path in below and file.content:
            appends.append(path)
            kept[path] = LayerFile(file.content)
        elif action == "put" and below.files.get(path) != file and is_tree(paths | {path}):
            paths.add(path)
            kept[path] = file
            if path in below:
                replaces[path] = below[path].digest
    return Layer(
        number=number,
        slug=f"s{number}",
        title={"en": f"Step {number}", "ru": f"Шаг {number}"},
        services=(),
        path=Path(f"{number:02}_s{number}"),
        files=kept,
        replaces=replaces,
        appends=tuple(appends),
        removes=tuple(removes),
    )


def make_layers(plan: Plan) -> tuple[Layer, ...]:
    """Make sound layers out of plans."""
    layers: tuple[Layer, ...] = ()
    for number, step in enumerate(plan, start=1):
        layers = (*layers, make_layer(number, step, compose(layers)))
    assert check(layers) == []
    return layers


def apply(
    edit: Mapping[str, LayerFile | None], before: Mapping[str, LayerFile]
) -> dict[str, LayerFile]:
    """Edit a tree, leaving out what a file system could not hold."""
    after = dict(before)
    for path, file in edit.items():
        if file is None:
            after.pop(path, None)
        elif is_tree({*after, path}):
            after[path] = file
    return after


@contextmanager
def course_of(layers: tuple[Layer, ...]) -> Iterator[Course]:
    """Write layers to the disk."""
    with tempfile.TemporaryDirectory() as folder:
        course = Course(Path(folder) / "мой курс")
        (course.root / "steps").mkdir(parents=True)
        for layer in layers:
            place = course.root / "steps" / layer.name
            put_files(place, layer.files)
            write_manifest(
                place,
                number=layer.number,
                slug=layer.slug,
                services=[],
                removes=list(layer.removes),
                appends=list(layer.appends),
                title=layer.title,
                replaces=layer.replaces,
            )
        yield course


def put_files(folder: Path, kept: Mapping[str, LayerFile]) -> None:
    """Write files with their executable bits."""
    for path, file in kept.items():
        write(folder / path, file.content)
        (folder / path).chmod(0o755 if file.executable else 0o644)


def plain(layers: tuple[Layer, ...]) -> list[tuple[object, ...]]:
    """Compare layers without where they lie."""
    return [
        (layer.name, dict(layer.files), dict(layer.replaces), layer.appends, layer.removes)
        for layer in layers
    ]


@given(st.lists(contents, min_size=1, max_size=4), contents)
def test_distributing_loses_nothing(parts: list[bytes], edited: bytes) -> None:
    """The shares join to the edited content, and unedited parts come back as they were."""
    whole = [part if part.endswith(b"\n") else part + b"\n" for part in parts]
    assert b"".join(distribute(tuple(whole), edited)) == edited
    assert distribute(tuple(whole), b"".join(whole)) == whole


FILE = LayerFile(b"", executable=False)


@given(plans, edits, st.integers(1, 4))
@settings(max_examples=300, deadline=None)
def test_absorbing_an_edit_gives_the_edited_tree(
    plan: Plan, edit: dict[str, LayerFile | None], number: int
) -> None:
    """Whichever layers the changes go to, step k composes to what was written."""
    layers = make_layers(plan)
    number = min(number, len(layers))
    before = compose(layers[:number]).files
    after = apply(edit, before)
    absorbed = absorb(layers, number, changes_between(before, after))
    assert compose(absorbed[:number]).files == after
    # An edit may make a replacement equal to what it replaces; it never leaves another fault.
    assert {found.message_id for found in check(absorbed[:number])} <= {"check-identical"}


@given(plans, st.integers(0, 4), st.integers(0, 4))
@settings(max_examples=100, deadline=None)
def test_a_tree_goes_from_any_composition_to_any_other(plan: Plan, first: int, second: int) -> None:
    """Nothing of the earlier one is left, and nothing of the later one is missing."""
    layers = make_layers(plan)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "дерево"
        for number in (first, second, first):
            composition = compose(layers[:number])
            write_tree(composition, target)
            assert tree(target) == {path: file.content for path, file in composition.items()}


@given(plans, edits, st.integers(1, 4))
@example([{"app": ("put", FILE)}], {"app": None, "app/m.py": FILE}, 1)
@example([{"app/m.py": ("put", FILE)}], {"app/m.py": None, "app": FILE}, 1)
@settings(max_examples=15, deadline=None)
def test_an_edit_is_saved_through_the_disk_and_git(
    plan: Plan, edit: dict[str, LayerFile | None], number: int
) -> None:
    """Compose, edit, save, compose: the edited tree."""
    layers = make_layers(plan)
    number = min(number, len(layers))
    with course_of(layers) as course:
        layers = course.layers()
        folder = open_edit(course.project, layers, layers[number - 1])
        before = compose(layers[:number]).files
        after = apply(edit, before)
        for path in set(before) - set(after):
            (folder / path).unlink()
        for directory in sorted(folder.rglob("*"), reverse=True):
            if (
                directory.is_dir()
                and ".git" not in directory.parts
                and not any(directory.iterdir())
            ):
                directory.rmdir()
        put_files(folder, after)
        save_edit(course.project, layers, layers[number - 1])
        assert compose(course.layers()[:number]).files == after
        assert edit_folder(course.project, layers[number - 1]) == folder
        assert save_edit(course.project, course.layers(), layers[number - 1]) == []


@given(plans)
@settings(max_examples=15, deadline=None)
def test_branches_come_back_as_the_same_layers(plan: Plan) -> None:
    """Building the chain and importing it changes no file and no declaration."""
    with course_of(make_layers(plan)) as course:
        course.commit()
        before = course.layers()
        build_branches(course.project, before)
        assert import_branches(course.project, before) == []
        assert course.layers() == before


@given(plans, plans)
@settings(max_examples=10, deadline=None)
def test_branches_carry_one_course_into_the_steps_of_another(plan: Plan, other: Plan) -> None:
    """Importing over different layers gives compositions that equal the branches."""
    size = min(len(plan), len(other))
    wanted = make_layers(plan[:size])
    with course_of(wanted) as course:
        course.commit()
        build_branches(course.project, course.layers())
        with course_of(make_layers(other[:size])) as another:
            another.commit()
            another.git("fetch", "--quiet", str(course.root), "refs/heads/step-*:refs/heads/step-*")
            import_branches(another.project, another.layers())
            for number in range(1, size + 1):
                got = compose(another.layers()[:number]).files
                assert got == compose(wanted[:number]).files
            assert check(another.layers()) == []


@given(contents)
def test_a_digest_names_the_content_alone(content: bytes) -> None:
    """Equal contents have equal digests, others do not."""
    assert digest(content) == digest(bytes(content))
    assert digest(content) != digest(content + b"\n")
