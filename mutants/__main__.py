"""``nox -s mutants -- --step 5 --per-step 20 --json FILE``: exit code 0 if 90 % are noticed."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from mutants.changing import Module, Mutant
from mutants.choosing import own_modules, sample
from mutants.equivalent import EquivalentError, Key, read_list, refuse_stale
from mutants.judging import Judge, RedError
from mutants.result import StepResult, survivor_of, write_results
from workshop.checks.result import describe_machine
from workshop.errors import WorkshopError
from workshop.layers import read_layers
from workshop.layers.asking import find_layer
from workshop.project import find_project

console = Console()
AIM = 90
"""Percent of a step's mutants that its tests have to notice."""

Teller = Callable[[Mutant, bool], None]


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="nox -s mutants --", description=__doc__)
    parser.add_argument("--step", action="append", default=[], help="such as 5; again for more")
    parser.add_argument("--per-step", type=int, default=20, help="mutants of each step")
    parser.add_argument("--all", action="store_true", help="one for each place that can be changed")
    parser.add_argument("--seed", type=int, default=1, help="another one takes another sample")
    parser.add_argument("--json", type=Path, help="write the result there, step by step")
    return parser.parse_args()


def measure(
    judge: Judge, modules: Sequence[Module], mutants: Sequence[Mutant], seed: int, tell: Teller
) -> StepResult:
    """Try the mutants of a step one after the other.

    Raises:
        RedError: its tests fail without them.

    """
    started = time.monotonic()
    judge.begin()
    survivors = []
    for mutant in mutants:
        survives = judge.survives(mutant)
        if survives:
            survivors.append(survivor_of(mutant))
        tell(mutant, survives)
    return StepResult(
        step=judge.layer.name,
        seed=seed,
        day=datetime.now(UTC).date().isoformat(),
        machine=describe_machine(),
        places=sum(len(module.places) for module in modules),
        mutants=len(mutants),
        survivors=tuple(survivors),
        seconds=time.monotonic() - started,
    )


def run(asked: argparse.Namespace) -> list[StepResult]:
    """Measure the steps that are asked for.

    Raises:
        EquivalentError: the list of equivalent mutants is stale.
        RedError: the tests of a step fail without a change.
        WorkshopError: there is no such step, or a service cannot be started.

    """
    project = find_project()
    layers = read_layers(project)
    chosen = [find_layer(layers, one) for one in asked.step] or list(layers)
    steps = [own_modules(layers, layer.number) for layer in layers]
    known = read_list()
    refuse_stale(known, steps)
    keys = {row.key for row in known}
    results = []
    for layer in chosen:
        result = run_step(asked, Judge(project, layers, layer.number), steps, keys)
        results.append(result)
        if asked.json:
            write_results(asked.json, [result])
    return results


def run_step(
    asked: argparse.Namespace, judge: Judge, steps: Sequence[Sequence[Module]], keys: set[Key]
) -> StepResult:
    """Measure one step, and tell how far it is."""
    modules = steps[judge.layer.number - 1]
    mutants = sample(modules, keys, asked.seed, None if asked.all else asked.per_step)

    def tell(mutant: Mutant, survives: bool) -> None:  # noqa: FBT001 - as it is called
        word = "[red]survives[/]" if survives else "noticed"
        console.print(f"{judge.layer.name} {mutant.path}:{mutant.line} {word}", highlight=False)

    return measure(judge, modules, mutants, asked.seed, tell)


def show(results: Sequence[StepResult]) -> None:
    """Print the table, then each survivor."""
    table = Table("step", "places", "mutants", "noticed", "survived", "score", "seconds")
    for one in results:
        table.add_row(
            one.step,
            str(one.places),
            str(one.mutants),
            str(one.killed),
            str(len(one.survivors)),
            f"{one.score:.0f} %",
            f"{one.seconds:.0f}",
            style="green" if one.score >= AIM else "red",
        )
    console.print(table)
    for one in results:
        for survivor in one.survivors:
            head = f"{one.step} {survivor.path}:{survivor.line} ({survivor.operator})"
            lines = [f"  - {line}" for line in survivor.before.splitlines()]
            lines += [f"  + {line}" for line in survivor.after.splitlines()]
            console.print("\n".join((head, *lines)), markup=False, highlight=False)


def main() -> None:
    """Exit with 0, with 1 if a step is below the aim, or with what stood in the way."""
    asked = parse_arguments()
    try:
        results = run(asked)
    except (EquivalentError, RedError) as error:
        sys.exit(str(error))
    except WorkshopError as error:
        print(error, file=sys.stderr)  # noqa: T201 - as the tool does
        sys.exit(error.exit_code)
    show(results)
    sys.exit(0 if all(one.score >= AIM for one in results) else 1)


if __name__ == "__main__":
    main()
