"""``workshop docs``: the bilingual site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workshop.docs.places import SERVED_AT
from workshop.messages import text

if TYPE_CHECKING:
    from workshop.docs.course import Course
    from workshop.layers.notes import Note

app = typer.Typer(invoke_without_command=True)

Names = Annotated[list[str] | None, typer.Argument(metavar="NAME", help=text("docs-help-names"))]


@app.callback()
def docs(context: typer.Context) -> None:
    """Build the site when no command is named."""
    if context.invoked_subcommand is None:
        build()


@app.command("build", help=text("docs-help-build"))
def build(
    site: Annotated[Path, typer.Option(metavar="FOLDER", help=text("docs-help-site"))] = Path(
        "site"
    ),
) -> None:
    """Check the pages and build the site strictly."""
    import time  # noqa: PLC0415 - commands load what they use

    from workshop.docs.building import build as make  # noqa: PLC0415 - as above
    from workshop.project import find_project  # noqa: PLC0415 - as above

    project = find_project()
    started = time.monotonic()
    folder = project.root / site
    _show(make(project, folder))
    seconds = f"{time.monotonic() - started:.1f}"
    typer.echo(text("docs-built", folder=project.relative(folder), seconds=seconds))


@app.command("serve", help=text("docs-help-serve"))
def serve(
    address: Annotated[str, typer.Option(metavar="HOST:PORT", help=text("docs-help-address"))] = (
        SERVED_AT
    ),
) -> None:
    """Serve the site and follow changes of the sources."""
    from workshop.cli.author import show  # noqa: PLC0415 - as above
    from workshop.docs.building import serve as run  # noqa: PLC0415 - as above
    from workshop.project import find_project  # noqa: PLC0415 - as above

    typer.echo(text("docs-serving", address=address))
    raise typer.Exit(run(find_project(), address, lambda notes: show(notes, fails=False)))


@app.command("check", help=text("docs-help-check"))
def check() -> None:
    """Find what is wrong with the pages without building the site."""
    from workshop.docs.checks import check as find  # noqa: PLC0415 - as above
    from workshop.docs.preparing import render  # noqa: PLC0415 - as above

    course = _course()
    _show(find(course))
    render(course)
    typer.echo(text("docs-clean"))


@app.command("confirm", help=text("docs-help-confirm"))
def confirm(
    pages: Annotated[list[str], typer.Argument(metavar="PAGE", help=text("docs-help-page"))],
) -> None:
    """Pin pages whose two languages somebody has compared."""
    from workshop.cli.author import show  # noqa: PLC0415 - as above
    from workshop.docs.checks import confirm as pin  # noqa: PLC0415 - as above

    for page in pages:
        show([pin(_course(), page)])


@app.command("commands", help=text("docs-help-commands"))
def commands() -> None:
    """List the commands that the pages show, with what proves each."""
    from workshop.docs.outputs import list_commands  # noqa: PLC0415 - as above

    for line in list_commands(_course()):
        typer.echo(line)


@app.command("record", help=text("docs-help-record"))
def record(names: Names = None) -> None:
    """Run the commands whose outputs the pages show and store what they print."""
    from workshop.cli.author import show  # noqa: PLC0415 - as above
    from workshop.docs.recording import record as run  # noqa: PLC0415 - as above

    show(run(_course(), names or []), otherwise="docs-recorded-nothing")


def _course() -> Course:
    from workshop.docs.course import read_course  # noqa: PLC0415 - as above
    from workshop.project import find_project  # noqa: PLC0415 - as above

    return read_course(find_project())


def _show(notes: list[Note]) -> None:
    from workshop.cli.author import show  # noqa: PLC0415 - as above

    show(notes)
