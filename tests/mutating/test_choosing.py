"""Which mutants are tried."""

from __future__ import annotations

import pytest

from mutants.changing import Module
from mutants.choosing import changed_lines, own_modules, sample

from .small import MORE, SUMS, make_layers


def test_a_replaced_module_is_changed_where_it_is_new() -> None:
    """The rest belongs to the step that wrote it; other modules are not looked at."""
    sums, new = sorted(own_modules(make_layers(), 2), key=lambda one: one.path, reverse=True)
    assert (sums.path, new.path) == ("app/sums.py", "app/new.py")
    mutants = [mutant for place in sums.places for mutant in place.mutants(1)]
    assert {mutant.before for mutant in mutants} == {"return count % 2 != 0"}


def test_changed_lines_are_those_that_were_not_there() -> None:
    """By content: a line that has only moved is not new."""
    assert changed_lines(SUMS, MORE["app/sums.py"]) == {13}
    assert changed_lines("a\nb\n", "new\na\nb\n") == {1}


def test_one_mutant_for_each_place() -> None:
    """A place with many variants counts no more than one with few."""
    module = Module("app/sums.py", SUMS)
    chosen = sample([module], (), 1, None)
    assert len(chosen) == len(module.places)
    assert len({one.key for one in chosen}) == len(chosen)


@pytest.mark.parametrize("most", [1, 3])
def test_sample_is_decided_by_its_seed(most: int) -> None:
    """The same again takes the same; a larger one begins with the smaller one."""
    module = Module("app/sums.py", SUMS)
    chosen = [one.key for one in sample([module], (), 1, most)]
    assert len(chosen) == most
    assert chosen == [one.key for one in sample([module], (), 1, most)]
    assert chosen == [one.key for one in sample([module], (), 1, None)][:most]
    samples = {tuple(one.key for one in sample([module], (), seed, most)) for seed in range(9)}
    assert len(samples) > 1


def test_edit_above_does_not_change_the_sample() -> None:
    """Else every edit of a step would take other mutants."""
    chosen = sample([Module("app/sums.py", SUMS)], (), 1, 3)
    moved = sample([Module("app/sums.py", f"# First.\n\n{SUMS}")], (), 1, 3)
    assert [one.key for one in chosen] == [one.key for one in moved]


def test_equivalent_mutant_gives_its_place_to_another() -> None:
    """It is neither tried nor counted; a place with no other is left out."""
    module = Module("app/sums.py", "is_ready = count > 1\nLEAST = 1\n")
    chosen = [one.key for one in sample([module], (), 1, None)]
    (swapped,) = (key for key in chosen if key[2] == "is_ready = count >= 1")
    without = [one.key for one in sample([module], {swapped}, 1, None)]
    assert without == [key for key in chosen if key != swapped]
    of_one_place = {key for key in chosen if key[2].startswith("LEAST = ")}
    assert len(of_one_place) == 2
