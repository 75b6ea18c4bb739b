"""``nox -s crash -- --events 10000 --seed 7``: exit code 0 if nothing was lost or doubled.

``nox -s crash -- --memory 300`` kills nothing, and tells whether the processes grow.
"""
# ruff: noqa: T201 - what the program prints is what it is for

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from dataclasses import fields
from pathlib import Path

from .memory import MemoryRun
from .plan import Plan
from .run import FINAL, Run


def read_arguments() -> Namespace:
    """Read the command line."""
    parser = ArgumentParser(prog="nox -s crash --", description=__doc__)
    parser.add_argument("--app", type=Path, default=FINAL, help="the composed app")
    parser.add_argument("--events", type=int, default=300)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--kills", type=int, help="of processes of the app; 8, or 1 per 100 events")
    parser.add_argument("--restarts", type=int, help="of both servers; 1, or 1 per 2,000 events")
    parser.add_argument("--patience", type=float, help="seconds to wait for quiet")
    parser.add_argument("--memory", type=float, metavar="SECONDS", help="kill nothing, weigh")
    parser.add_argument("--keep", type=Path, help="an empty directory for the logs")
    return parser.parse_args()


def make_plan(arguments: Namespace) -> Plan:
    """Decide what was left open."""
    if arguments.kills is None:
        arguments.kills = max(Plan.kills, arguments.events // 100)
    if arguments.restarts is None:
        arguments.restarts = max(Plan.restarts, arguments.events // 2000)
    names = {field.name for field in fields(Plan)}
    given = {name: value for name, value in vars(arguments).items() if value is not None}
    return Plan(**{name: value for name, value in given.items() if name in names})


def main() -> None:
    """Run it, and say what came of it."""
    arguments = read_arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started is stopped
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        directory = arguments.keep or Path(temporary)
        if arguments.memory:
            print(asyncio.run(MemoryRun(arguments.memory, directory, arguments.app).run()))
            return
        plan = make_plan(arguments)
        print(f"seed {plan.seed}", flush=True)
        report = asyncio.run(Run(plan, directory).run())
    print(report)
    if report.verdict.complaints:
        sys.exit(f"the same again: nox -s crash -- --seed {plan.seed} --events {plan.events}")


if __name__ == "__main__":
    main()
