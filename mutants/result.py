"""What came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mutants.changing import Mutant


@dataclass(frozen=True)
class Survivor:
    """A mutant that no test has noticed."""

    path: str
    line: int
    operator: str
    before: str
    after: str


def survivor_of(mutant: Mutant) -> Survivor:
    """Keep of a mutant what is shown."""
    return Survivor(mutant.path, mutant.line, mutant.operator, mutant.before, mutant.after)


@dataclass(frozen=True)
class StepResult:
    """How a step's tests have done."""

    step: str
    seed: int
    day: str
    machine: str
    places: int
    mutants: int
    survivors: tuple[Survivor, ...]
    seconds: float

    @property
    def killed(self) -> int:
        """How many were noticed."""
        return self.mutants - len(self.survivors)

    @property
    def score(self) -> float:
        """The share that was noticed, in percent."""
        return 100 * self.killed / self.mutants if self.mutants else 100.0

    def to_json(self) -> dict[str, Any]:
        """Return it for a file."""
        return {
            "step": self.step,
            "seed": self.seed,
            "day": self.day,
            "machine": self.machine,
            "places": self.places,
            "mutants": self.mutants,
            "killed": self.killed,
            "score": round(self.score),
            "survivors": [asdict(one) for one in self.survivors],
        }


def write_results(path: Path, results: Iterable[StepResult]) -> None:
    """Write results to a file; those of other steps, from an earlier run, stay in it."""
    rows = {row["step"]: row for row in read_rows(path)}
    rows |= {one.step: one.to_json() for one in results}
    ordered = [rows[name] for name in sorted(rows)]
    path.write_text(json.dumps({"steps": ordered}, indent=2) + "\n", encoding="utf-8")


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read what is in such a file; none is like an empty one."""
    if not path.is_file():
        return []
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["steps"]
    return rows
