"""Which code of a step is changed, and where."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher

from mutants.changing import Module, Mutant, Place
from mutants.equivalent import Key
from workshop.exercises import end_files
from workshop.layers import Layer, LayerFile

CODE = "app/"


def own_modules(layers: Sequence[Layer], number: int) -> list[Module]:
    """Read the modules that a step adds, and of those that were there the lines that it changes."""
    below = end_files(layers, number - 1)
    end = end_files(layers, number)
    paths = sorted(path for path in layers[number - 1].files if is_code(path))
    return [_module(path, end[path], below.get(path)) for path in paths]


def is_code(path: str) -> bool:
    """Tell whether a file is part of the app that runs: migrations and tests lie elsewhere."""
    return path.startswith(CODE) and path.endswith(".py")


def _module(path: str, file: LayerFile, below: LayerFile | None) -> Module:
    source = file.content.decode("utf-8")
    if below is None:
        return Module(path, source)
    return Module(path, source, changed_lines(below.content.decode("utf-8"), source))


def changed_lines(below: str, source: str) -> frozenset[int]:
    """List the lines of a replaced module that were not there."""
    lines = source.splitlines()
    same = SequenceMatcher(None, below.splitlines(), lines, autojunk=False).get_matching_blocks()
    kept = {line for block in same for line in range(block.b + 1, block.b + block.size + 1)}
    return frozenset(range(1, len(lines) + 1)) - kept


def sample(
    modules: Sequence[Module], known: Collection[Key], seed: int, most: int | None
) -> list[Mutant]:
    """Choose mutants by a seed, one for each place.

    Args:
        modules: those of the step.
        known: what changes nothing; such a place gets another mutant, if there is one.
        seed: the same one chooses the same.
        most: how many; None for all.

    """
    places = [place for module in modules for place in module.places]
    chosen: list[Mutant] = []
    for place in sorted(places, key=lambda one: one.rank(seed)):
        if len(chosen) == most:
            break
        mutant = next(_different(place, known, seed), None)
        if mutant is not None and mutant.key not in {one.key for one in chosen}:
            chosen.append(mutant)
    return chosen


def _different(place: Place, known: Collection[Key], seed: int) -> Iterator[Mutant]:
    return (mutant for mutant in place.mutants(seed) if mutant.key not in known)
