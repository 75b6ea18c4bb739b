"""The checks: ``workshop author test`` for one step, ``author verify`` for everything."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workshop.errors import WorkshopError
from workshop.messages import Value, text

if TYPE_CHECKING:
    from rich.console import Console

    from workshop.checks import Job, Outcome
    from workshop.layers import Layer

LINES_OF_A_FAILURE = 150


def check_step(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help=text("help-test-number"))],
    *,
    mine: Annotated[bool, typer.Option("--mine", help=text("help-test-mine"))] = False,
) -> None:
    """Check one step, its output on the screen; further arguments go to pytest."""
    if mine:
        from workshop.cli.checking import check  # noqa: PLC0415 - keeps `--help` quick

        check(str(number))
    from workshop.checks.jobs import step_job  # noqa: PLC0415 - keeps `--help` quick
    from workshop.checks.running import addresses_of, environment_of, locate  # noqa: PLC0415 - the same
    from workshop.layers import read_layers  # noqa: PLC0415 - the same
    from workshop.project import find_project  # noqa: PLC0415 - the same

    project = find_project()
    started = time.monotonic()
    layers = read_layers(project)
    if not 1 <= number <= len(layers):
        raise WorkshopError("step-unknown", exit_code=2, asked=number, last=len(layers))
    job = step_job(project, layers[number - 1], tuple(context.args))
    _compose(layers[:number])
    composed = time.monotonic()
    variables = environment_of(job, addresses_of([job]))
    ready = time.monotonic()
    (command,) = job.commands
    ended = subprocess.run(
        locate(command.arguments), cwd=command.folder, env=variables, check=False
    )
    _console().print(
        text(
            "test-times",
            folder=project.relative(command.folder),
            compose=f"{composed - started:.2f}",
            services=f"{ready - composed:.2f}",
            tests=f"{time.monotonic() - ready:.2f}",
        ),
        style="dim",
    )
    raise typer.Exit(ended.returncode)


def verify(
    names: Annotated[list[str] | None, typer.Argument(help=text("help-verify-names"))] = None,
    *,
    complete: Annotated[bool, typer.Option("--complete", help=text("help-verify-complete"))] = (
        False
    ),
    json: Annotated[Path | None, typer.Option(help=text("help-verify-json"))] = None,
) -> None:
    """Run the named jobs, or all of them, side by side; exit with 1 when one fails."""
    from workshop.checks import all_jobs, run_jobs  # noqa: PLC0415 - keeps `--help` quick
    from workshop.checks.jobs import step_name  # noqa: PLC0415 - the same
    from workshop.checks.result import write_outcomes  # noqa: PLC0415 - the same
    from workshop.checks.running import addresses_of  # noqa: PLC0415 - the same
    from workshop.layers import read_layers  # noqa: PLC0415 - the same
    from workshop.project import find_project  # noqa: PLC0415 - the same

    started = time.monotonic()
    project = find_project()
    console = _console()
    layers = read_layers(project)
    for number in range(1, len(layers) + 1):
        _compose(layers[:number])
    jobs = choose(all_jobs(project, layers, complete=complete), names or [])
    console.print(text("verify-begins", jobs=", ".join(job.name for job in jobs)))
    outcomes = run_jobs(
        jobs,
        addresses_of(jobs),
        project.state / "logs" / "verify",
        lambda outcome: _report(console, outcome),
    )
    middle = {step_name(layer) for layer in layers[:-1]}
    if not complete and any(job.name in middle for job in jobs):
        console.print(text("verify-selected"), style="dim")
    _summarise(console, outcomes)
    if json is not None:
        write_outcomes(json, outcomes, time.monotonic() - started)
    raise typer.Exit(0 if all(outcome.passed for outcome in outcomes) else 1)


def choose(jobs: Sequence[Job], names: Sequence[str]) -> list[Job]:
    """Select jobs by name, all without names.

    Raises:
        WorkshopError: there is no job of that name.

    """
    by_name = {job.name: job for job in jobs}
    for name in names:
        if name not in by_name:
            raise WorkshopError(
                "verify-unknown", exit_code=2, asked=name, known=", ".join(sorted(by_name))
            )
    return [by_name[name] for name in names] or list(jobs)


def _console() -> Console:
    from rich.console import Console  # noqa: PLC0415 - keeps `--help` quick

    return Console(highlight=False, soft_wrap=True)


def _compose(layers: tuple[Layer, ...]) -> None:
    """Write the composition of these layers to its place under ``.workshop/build``."""
    from workshop.checks.jobs import step_name  # noqa: PLC0415 - keeps `--help` quick
    from workshop.layers import compose, write_tree  # noqa: PLC0415 - the same
    from workshop.project import find_project  # noqa: PLC0415 - the same

    write_tree(compose(layers), find_project().build(step_name(layers[-1])))


def _report(console: Console, outcome: Outcome) -> None:
    """Say at once how a job ended; show the end of its output where it failed."""
    values: dict[str, Value] = {
        "name": outcome.job.name,
        "seconds": f"{outcome.seconds:.1f}",
        "tests": outcome.tests,
        "skipped": outcome.skipped,
    }
    if outcome.passed and outcome.failed_beside:
        console.print(
            text("verify-passed-alone", **values, log=str(outcome.failed_beside)), style="yellow"
        )
        return
    if outcome.passed:
        kind = "verify-passed-tests" if outcome.tests else "verify-passed"
        console.print(text(kind, **values), style="green")
        return
    console.print(text("verify-failed", **values), style="red")
    lines = outcome.log.read_text(encoding="utf-8", errors="replace").splitlines()
    for line in lines[-LINES_OF_A_FAILURE:]:
        console.print(f"  {line}", markup=False)
    if outcome.failed_command:
        console.print(
            text(
                "verify-again",
                command=" ".join(outcome.failed_command.arguments),
                folder=str(outcome.failed_command.folder),
                log=str(outcome.log),
            ),
            style="red",
            markup=False,
        )


def _result(outcome: Outcome) -> str:
    if not outcome.passed:
        return text("verify-not-ok")
    return text("verify-ok-alone") if outcome.failed_beside else text("verify-ok")


def _summarise(console: Console, outcomes: Sequence[Outcome]) -> None:
    """Print what ran, and a closing line that a machine can read too."""
    from rich.table import Table  # noqa: PLC0415 - keeps `--help` quick

    table = Table(box=None, pad_edge=False)
    for column in ("job", "result", "tests", "skipped", "seconds"):
        table.add_column(
            text(f"verify-column-{column}"),
            justify="left" if column in {"job", "result"} else "right",
        )
    for outcome in outcomes:
        table.add_row(
            outcome.job.name,
            _result(outcome),
            str(outcome.tests or ""),
            str(outcome.skipped or ""),
            f"{outcome.seconds:.1f}",
        )
    console.print(table)
    failures = sum(outcome.failures for outcome in outcomes)
    broken = sum(1 for outcome in outcomes if not outcome.passed and not outcome.failures)
    checks = sum(1 for outcome in outcomes if outcome.passed and not outcome.tests)
    passed = checks + sum(
        outcome.tests - outcome.failures - outcome.skipped for outcome in outcomes
    )
    skipped = sum(outcome.skipped for outcome in outcomes)
    console.print(f"{passed} passed, {failures + broken} failed, {skipped} skipped")
