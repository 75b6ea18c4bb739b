"""The list of mutants that no test can notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from mutants.changing import Module
from mutants.choosing import own_modules
from mutants.equivalent import Equivalent, EquivalentError, read_list, refuse_stale
from workshop.layers import read_layers
from workshop.project import find_project

from .small import SUMS

ROW = Equivalent("app/sums.py", "LEAST = 1", "LEAST = 2", "because")


def test_rows_of_the_list_match_the_steps() -> None:
    """Code that has changed takes its rows along."""
    layers = read_layers(find_project())
    refuse_stale(read_list(), [own_modules(layers, layer.number) for layer in layers])


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("app/gone.py", "LEAST = 1", "LEAST = 2"),
        ("app/sums.py", "LEAST = 5", "LEAST = 6"),
        ("app/sums.py", "LEAST = 1", "LEAST = 7"),
    ],
)
def test_row_that_matches_nothing_is_an_error(path: str, before: str, after: str) -> None:
    """No such module, no such line, no such change of it: the error shows the row."""
    steps = [[Module("app/sums.py", SUMS)]]
    refuse_stale([ROW], steps)
    with pytest.raises(EquivalentError, match="match no mutant") as caught:
        refuse_stale([ROW, Equivalent(path, before, after, "because")], steps)
    assert after in str(caught.value)


@pytest.mark.parametrize("reason", ["", 'reason = " "', 'reason = "so"\nwhy = "so"'])
def test_row_without_a_reason_is_an_error(tmp_path: Path, reason: str) -> None:
    """And so is one with a key that nobody reads."""
    rows = tmp_path / "equivalent.toml"
    rows.write_text(f'[[equivalent]]\npath = "a"\nbefore = "b"\nafter = "c"\n{reason}\n', "utf-8")
    with pytest.raises(EquivalentError, match=r"equivalent\.toml"):
        read_list(rows)


def test_row_may_not_be_there_twice(tmp_path: Path) -> None:
    """One of the reasons would be read by nobody."""
    row = '[[equivalent]]\npath = "a"\nbefore = "b"\nafter = "c"\nreason = "d"\n'
    rows = tmp_path / "equivalent.toml"
    rows.write_text(row, "utf-8")
    assert read_list(rows) == [Equivalent("a", "b", "c", "d")]
    rows.write_text(row * 2, "utf-8")
    with pytest.raises(EquivalentError, match="twice"):
        read_list(rows)
