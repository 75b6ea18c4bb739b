"""``workshop services``: PostgreSQL, Redis and a mailbox without Docker."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from workshop.messages import text
from workshop.project import find_project

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workshop.services import Status

NAMES = ("postgres", "redis", "smtp")
STYLES = {
    "running": "green",
    "external": "green",
    "stopped": "yellow",
    "crashed": "red",
    "silent": "red",
}

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command(help=text("help-services-up"))
def up() -> None:
    """Start what does not answer and show where it is."""
    from workshop.services import environment, status  # noqa: PLC0415 - help stays quick

    project = find_project()
    environment(project, NAMES)
    _show(status(project))


@app.command(help=text("help-services-down"))
def down(
    *, wipe: Annotated[bool, typer.Option("--wipe", help=text("help-services-wipe"))] = False
) -> None:
    """Stop this checkout's servers."""
    from workshop.services import stop  # noqa: PLC0415 - help stays quick

    stop(find_project(), wipe=wipe)
    typer.echo(text("services-wiped" if wipe else "services-stopped"))


@app.command(help=text("help-services-status"))
def status(
    *, as_json: Annotated[bool, typer.Option("--json", help=text("help-services-json"))] = False
) -> None:
    """Show how the services do; exit with 1 unless all answer."""
    from workshop import services  # noqa: PLC0415 - help stays quick

    found = services.status(find_project())
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False))
    else:
        _show(found)
    if not all(one.answers for one in found):
        raise typer.Exit(1)


@app.command(help=text("help-services-env"))
def env(
    form: Annotated[str, typer.Option("--format", help=text("help-services-format"))] = "",
) -> None:
    """Print the addresses, with passwords, for a shell or a ``.env`` file."""
    from workshop.services import environment  # noqa: PLC0415 - help stays quick
    from workshop.services.shell import default_form, lines, psql_variables  # noqa: PLC0415

    found = environment(find_project(), NAMES)
    chosen = form or default_form()
    extra = {} if chosen == "dotenv" else psql_variables(found["DATABASE_URL"])
    typer.echo("\n".join(lines({**found, **extra}, chosen)))


def _show(found: Iterable[Status]) -> None:
    from rich.console import Console  # noqa: PLC0415 - help stays quick
    from rich.table import Table  # noqa: PLC0415 - the same
    from rich.text import Text  # noqa: PLC0415 - the same

    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for column in ("service", "state", "address", "place"):
        table.add_column(text(f"services-column-{column}"), overflow="fold")
    for one in found:
        state = Text(text(f"services-state-{one.state}"), style=STYLES[one.state])
        place = (
            text("services-set-in", source=one.source) if one.source else f"{one.data}\n{one.log}"
        )
        address = f"{one.address}\n{one.page}".rstrip()
        table.add_row(one.title, state, Text(address), Text(place))
    Console(highlight=False, width=None if sys.stdout.isatty() else 200).print(table)
    for one in found:
        if one.problem:
            typer.echo(f"\n{one.problem}", err=True)
        elif not one.answers:
            typer.echo(f"\n{text('services-start-them')}", err=True)
            break
