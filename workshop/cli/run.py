"""``workshop run``."""

from __future__ import annotations

from typing import Annotated

import typer

from workshop.messages import text
from workshop.project import find_project


def run(
    target: Annotated[
        str, typer.Argument(metavar="final|mine|N", help=text("run-help-target"))
    ] = "final",
    port: Annotated[
        str | None, typer.Option(metavar="N", help=text("run-help-port"), show_default=False)
    ] = None,
    host: Annotated[str, typer.Option(metavar="H", help=text("run-help-host"))] = "127.0.0.1",
) -> None:
    """Run an app with its services, and stop both together; exits with the runner's code."""
    from workshop.runner.app import run_app  # noqa: PLC0415 - --help must not load all of it

    raise typer.Exit(run_app(find_project(), target, host=host, asked_port=port))
