"""``nox -s bench -- --seconds 3 --rounds 5 --json FILE``."""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.cases import CASES, SAME
from bench.data import log_in, make_settings, seeded
from bench.load import Load, LoadError, find_wrk
from bench.result import BenchResult, CaseResult, EventsResult, QueueResult
from bench.servers import Server, StartError, started
from workshop.checks.result import describe_machine
from workshop.layers import compose, read_layers, write_tree
from workshop.project import find_project
from workshop.services import environment

console = Console()
TASKS = 2000
EVENTS = 5000


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="nox -s bench --", description=__doc__)
    parser.add_argument("--seconds", type=int, default=2, help="of one run of one case")
    parser.add_argument("--rounds", type=int, default=5, help="each asks every server in turn")
    parser.add_argument("--only", default="", help="names of cases, with commas")
    parser.add_argument("--json", type=Path, help="write the result there")
    return parser.parse_args()


def run(asked: argparse.Namespace) -> BenchResult:
    """Measure everything that is asked for.

    Raises:
        LoadError: wrk is missing, or a server answers wrongly.
        StartError: a server does not start.
        WorkshopError: PostgreSQL or Redis does not.

    """
    find_wrk()
    project = find_project()
    layers = read_layers(project)
    needs = dict.fromkeys(name for layer in layers for name in layer.services)
    settings = make_settings(environment(project, needs))
    folder = project.build("bench")
    write_tree(compose(layers), folder)
    log = project.state / "logs" / "bench.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    result = BenchResult(describe_machine(), datetime.now(UTC).date().isoformat())
    with seeded(folder, settings):
        with started(folder, settings, log) as servers:
            result.start_seconds = {name: one.start_seconds for name, one in servers.items()}
            measure_cases(result, servers, asked)
            result.memory = {name: one.memory() for name, one in servers.items()}
        if not asked.only:
            result.queue = QueueResult(**run_inside(folder, settings, "bench.queue", TASKS))
            result.events = EventsResult(**run_inside(folder, settings, "bench.events", EVENTS))
    return result


def measure_cases(
    result: BenchResult, servers: Mapping[str, Server], asked: argparse.Namespace
) -> None:
    """Ask all servers in turn, round after round, so that what slows one slows all."""
    token = log_in(servers["final"].url)
    chosen = [case for case in CASES if not asked.only or case.name in asked.only.split(",")]
    with tempfile.TemporaryDirectory() as scripts:
        for case in chosen:
            found = CaseResult(case, {name: [] for name in case.paths})
            load = Load(asked.seconds * case.longer, token, Path(scripts))
            for number in range(asked.rounds + 1):
                for name in case.paths:
                    one = load.measure(servers[SAME.get(name, name)].url, case, name)
                    if number:  # the first round warms up
                        found.rounds[name].append(one)
            result.cases.append(found)
            console.print(f"{case.name}: {found.ratio('final'):.2f} of {case.baseline}")


def run_inside(
    folder: Path, settings: Mapping[str, str], module: str, count: int
) -> dict[str, float]:
    """Measure in a process of the app.

    Raises:
        LoadError: it failed.

    """
    places = os.pathsep.join((str(folder), str(Path(__file__).parent.parent)))
    own = {"PYTHONPATH": places, "QUEUE_PREFIX": "bench-queue", "EVENTS_PREFIX": "bench-events"}
    ended = subprocess.run(
        [sys.executable, "-m", module, str(count)],
        cwd=folder,
        env={**os.environ, **settings, **own, "LOG_LEVEL": "WARNING"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise LoadError(ended.stdout + ended.stderr)  # the app logs to its output
    found: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return found


def show(result: BenchResult) -> None:
    """Print tables."""
    table = Table("request", "server", "requests/s", "p99, ms", "ratio", "aim")
    for found in result.cases:
        for server in found.rounds:
            aimed = server == "final" and found.case.aim is not None
            style = "" if not aimed else "green" if found.reached else "red"
            table.add_row(
                found.case.name,
                server,
                f"{found.requests(server):.0f}",
                f"{found.p99(server):.1f}",
                f"{found.ratio(server):.2f}",
                f"{found.case.aim}" if aimed else "",
                style=style,
            )
    console.print(table)
    for name, seconds in result.start_seconds.items():
        console.print(f"{name}: starts in {seconds:.2f} s, {result.memory[name]:.0f} MiB")
    if result.queue:
        queue = result.queue
        console.print(
            f"tasks/s: {queue.pushed:.0f} pushed ({queue.pushed / queue.xadd:.2f} of plain XADD),"
            f" {queue.done:.0f} done by one worker"
        )
    if result.events:
        events = result.events
        console.print(
            f"events/s: {events.relayed:.0f} sent by one relay,"
            f" {events.handled:.0f} handled by one process"
        )


def main() -> None:
    """Exit with 0, or with 1 and what stood in the way."""
    logging.basicConfig(level=logging.ERROR)
    asked = parse_arguments()
    try:
        result = run(asked)
    except (LoadError, StartError) as error:
        sys.exit(str(error))
    show(result)
    if asked.json:
        asked.json.write_text(json.dumps(result.to_json(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
