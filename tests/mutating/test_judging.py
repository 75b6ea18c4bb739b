"""A mutant is noticed by the tests of its step, or survives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mutants.changing import Module, Mutant
from mutants.judging import Judge, RedError, nearest_first
from workshop.exercises import end_files
from workshop.layers import LayerFile, read_layers
from workshop.project import Project, find_project

from .small import BELOW, SUMS, make_layers


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Judge the first step of the small course."""
    return Judge(Project(tmp_path), make_layers(), 1)


def changed(before: str, after: str) -> Mutant:
    """Change the small module by hand."""
    source = SUMS.replace(before, after)
    assert source != SUMS
    return Mutant("app/sums.py", 1, "by hand", before, after, source)


def test_wrong_changes_are_noticed_and_harmless_ones_survive(judge: Judge) -> None:
    """By the tests closest to the module, and by those further away."""
    assert judge.begin() > 0
    assert not judge.survives(changed("count > LEAST", "count >= LEAST"))
    assert not judge.survives(changed("% 2 == 1", "% 2 == 0"))
    assert judge.survives(changed("count > LEAST", "LEAST < count"))


def test_import_error_is_noticed(judge: Judge) -> None:
    """A module that cannot be imported fails the tests as well."""
    assert not judge.survives(changed("LEAST = 1", "LEAST = missing"))


def test_hang_is_noticed(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the seconds that one test may take."""
    monkeypatch.setenv("WORKSHOP_TEST_SECONDS", "1")
    endless = changed("    return count > LEAST", "    while True:\n        pass")
    assert not judge.survives(endless)


def test_endless_run_is_noticed(judge: Judge) -> None:
    """A mutant that makes every test slow does not keep the run waiting."""
    judge.limit = 0.0
    slow = changed("LEAST = 1", "import time\n\ntime.sleep(5)\nLEAST = 1")
    assert not judge.survives(slow)


def test_step_that_fails_without_a_change_is_an_error(judge: Judge) -> None:
    """Everything would count as noticed."""
    wrong = SUMS.replace(" > ", " < ").encode()
    judge.files = {**judge.files, "app/sums.py": LayerFile(wrong)}
    with pytest.raises(RedError, match="test_many"):
        judge.begin()


def test_tests_of_the_same_name_come_first() -> None:
    """Then those that import the module, then its neighbours."""
    files = end_files(make_layers(), 1)
    tests = sorted(path for path in BELOW if "test_" in path)
    assert nearest_first("app/sums.py", tests, files)[0] == "tests/test_sums.py"
    far = {**files, "tests/deep/test_far.py": LayerFile(b""), "tests/test_near.py": LayerFile(b"")}
    ordered = nearest_first("app/sums.py", sorted(far.keys() - {"app/sums.py"}), far)
    assert ordered.index("tests/test_odd.py") < ordered.index("tests/test_near.py")
    assert ordered.index("tests/test_near.py") < ordered.index("tests/deep/test_far.py")


def test_wrong_change_of_a_real_step_is_noticed() -> None:
    """Deleted rows that are no longer hidden, in step 01, on a real PostgreSQL."""
    project = find_project()
    layers = read_layers(project)
    path = "app/core/db/soft_delete.py"
    source = end_files(layers, 1)[path].content.decode()
    places = Module(path, source).places
    (mutant,) = (
        one
        for place in places
        for one in place.mutants(1)
        if one.key == (path, INCLUDED, INCLUDED.replace("True", "False"))
    )
    assert not Judge(project, layers, 1).survives(mutant)


INCLUDED = 'INCLUDE_DELETED: Final[Mapping[str, bool]] = {"include_deleted": True}'
