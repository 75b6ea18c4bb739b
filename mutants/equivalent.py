"""Mutants that no test can notice, because they do the same."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mutants.changing import Module

LIST = Path(__file__).with_name("equivalent.toml")

Key = tuple[str, str, str]
"""Path, the lines as they are, the lines as the mutant has them."""


class EquivalentError(Exception):
    """The list cannot be believed."""


@dataclass(frozen=True)
class Equivalent:
    """A row of the list."""

    path: str
    before: str
    after: str
    reason: str

    @property
    def key(self) -> Key:
        """What it is about; line numbers would move."""
        return self.path, self.before, self.after


def read_list(path: Path = LIST) -> list[Equivalent]:
    """Read the list.

    Raises:
        EquivalentError: a row lacks something, or is there twice.

    """
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("equivalent", [])
    found: dict[Key, Equivalent] = {}
    for row in rows:
        try:
            one = Equivalent(**{name: text.strip() for name, text in row.items()})
        except TypeError as error:
            raise EquivalentError(f"{path.name}: {row}: {error}") from error
        if not one.reason or one.key in found:
            raise EquivalentError(f"{path.name}: without a reason, or twice: {one}")
        found[one.key] = one
    return list(found.values())


def refuse_stale(rows: Iterable[Equivalent], steps: Iterable[Sequence[Module]]) -> None:
    """Hold the list against the code of all steps.

    Raises:
        EquivalentError: a row is about code, or a change of it, that is no longer there.

    """
    modules: dict[str, list[Module]] = {}
    for step in steps:
        for module in step:
            modules.setdefault(module.path, []).append(module)
    stale = [row for row in rows if not _is_possible(row, modules)]
    if stale:
        shown = "\n".join(f"  {row.path}\n    - {row.before}\n    + {row.after}" for row in stale)
        raise EquivalentError(f"these rows of {LIST.name} match no mutant; delete them:\n{shown}")


def _is_possible(row: Equivalent, modules: Mapping[str, list[Module]]) -> bool:
    return any(_makes(module, row) for module in modules.get(row.path, ()))


def _makes(module: Module, row: Equivalent) -> bool:
    first = row.before.partition("\n")[0]
    lines = {at for at, line in enumerate(module.lines, start=1) if line.strip() == first}
    return any(
        mutant.key == row.key
        for place in module.places
        if any(place.line <= line <= place.last_line for line in lines)
        for mutant in place.mutants(0)
    )
