"""Which tests a step in the middle runs, and that the last one and ``--complete`` run all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from workshop.checks import all_jobs
from workshop.checks.jobs import step_jobs
from workshop.checks.selecting import closest_tests, imported_names, is_test
from workshop.layers import Layer, compose, read_layers
from workshop.layers.layer import LayerFile
from workshop.project import find_project

BELOW = {
    "app/main.py": "",
    "app/models/user.py": "",
    "app/deps.py": "",
    "migrations/env.py": "",
    "tests/conftest.py": "",
    "tests/test_main.py": "import app.main\n",
    "tests/test_user.py": "def test() -> None:\n    from app.models import User\n",
    "tests/test_deps.py": "from app import deps\n",
    "tests/test_other.py": "from app.other import thing\n",
    "tests/migrations/test_drift.py": "",
}
TESTS = tuple(path for path in BELOW if "test_" in path)


def make_layer(number: int, *paths: str, **fields: tuple[str, ...]) -> Layer:
    """Make a layer of files; those of the first one are above."""
    files = {path: LayerFile(BELOW.get(path, "").encode()) for path in paths}
    appends = fields.get("appends", ())
    replaces = dict.fromkeys(fields.get("replaces", ()), "")
    return Layer(number, "some", {}, (), Path("steps"), files, replaces, appends)


FIRST = make_layer(1, *BELOW)


@pytest.mark.parametrize(
    ("path", "kind", "expected"),
    [
        ("tests/test_new.py", "adds", ()),
        ("tests/test_other.py", "replaces", ("tests/test_other.py",)),
        ("tests/test_other.py", "appends", ("tests/test_other.py",)),
        ("app/new.py", "adds", ()),
        ("app/main.py", "replaces", ("tests/test_main.py",)),
        ("app/models/user.py", "replaces", ("tests/test_user.py",)),
        ("app/deps.py", "appends", ("tests/test_deps.py",)),
        ("migrations/0002.py", "adds", ("tests/migrations/test_drift.py",)),
        ("Procfile", "adds", ()),
    ],
)
def test_change_selects_the_tests_closest_to_it(
    path: str, kind: str, expected: tuple[str, ...]
) -> None:
    """The layer's own test always; of the earlier ones those that name what it changes."""
    layer = make_layer(2, path, "tests/test_own.py", **{kind: (path,)})
    own = {"tests/test_own.py", *(one for one in (path,) if "test_" in one)}
    assert set(closest_tests((FIRST, layer))) == own | set(expected)


def test_removed_test_is_not_run() -> None:
    """Nobody can run what is no longer there."""
    layer = replace(make_layer(2, "app/main.py", replaces=("app/main.py",)), removes=TESTS)
    assert closest_tests((FIRST, layer)) == ()


def test_import_is_found_wherever_it_stands() -> None:
    """Also in a function; a relative one names nothing of the app."""
    source = b"import a.b\ndef f():\n    from c import d\nfrom . import e\n"
    assert set(imported_names(source)) == {"a.b", "c", "c.d"}


def test_each_real_test_runs_at_its_own_step_and_at_the_last() -> None:
    """What is left out runs elsewhere: at the step that lays it, and in the whole app."""
    project = find_project()
    layers = read_layers(project)
    jobs = {job.name: job.commands[0].arguments for job in step_jobs(project, layers)}
    for number, layer in enumerate(layers, start=1):
        arguments = jobs[f"step-{number:02}"]
        own = {path for path in layer.files if is_test(path)}
        assert own
        if number < len(layers):
            assert own <= set(arguments)
            assert set(arguments[4:]) <= set(compose(layers[:number]))
        else:
            assert not any(argument.endswith(".py") for argument in arguments)


def test_complete_run_leaves_nothing_out() -> None:
    """No job of a step names the tests to run."""
    project = find_project()
    layers = read_layers(project)
    steps = [job for job in all_jobs(project, layers, complete=True) if "step-" in job.name]
    assert len(steps) == len(layers)
    assert not [one for job in steps for one in job.commands[0].arguments if one.endswith(".py")]
