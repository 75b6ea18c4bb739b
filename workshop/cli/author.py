"""``workshop author``: the commands for those who write the course."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from workshop.cli.exercises import exercises
from workshop.cli.verify import check_step, verify
from workshop.messages import text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from workshop.layers.checks import Count
    from workshop.layers.layer import Layer
    from workshop.layers.notes import Note
    from workshop.project import Project

app = typer.Typer(no_args_is_help=True)
app.command(
    "test",
    help=text("help-test"),
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)(check_step)
app.command("verify", help=text("help-verify"))(verify)
app.command("exercises", help=text("help-exercises"))(exercises)

Step = Annotated[str, typer.Argument(metavar="STEP", help=text("author-argument-step"))]
AppFile = Annotated[str, typer.Argument(metavar="PATH", help=text("author-argument-path"))]


@app.command("own", help=text("author-help-own"))
def own(step: Step, path: AppFile) -> None:
    """Take a lower file over into a layer."""
    from workshop.layers.ownership import own as take  # noqa: PLC0415 - commands load what they use

    project, layers = _layers()
    show([take(project, layers, *_target(project, layers, step, path))])


@app.command("pin", help=text("author-help-pin"))
def pin(step: Step, path: AppFile) -> None:
    """Make what a layer declares about a file true."""
    from workshop.layers.ownership import pin as declare  # noqa: PLC0415 - as above

    project, layers = _layers()
    show([declare(project, layers, *_target(project, layers, step, path))])


@app.command("propagate", help=text("author-help-propagate"))
def propagate(
    step: Annotated[
        str, typer.Argument(metavar="STEP", help=text("author-argument-step-optional"))
    ] = "",
) -> None:
    """Carry changes of lower layers up into the files that replace theirs."""
    from workshop.layers.asking import find_layer  # noqa: PLC0415 - as above
    from workshop.layers.propagation import propagate as carry  # noqa: PLC0415 - as above

    project, layers = _layers()
    only = find_layer(layers, step) if step else None
    show(carry(project, layers, only), otherwise="propagate-nothing")


@app.command("check", help=text("author-help-check"))
def check() -> None:
    """Find what is wrong with the layers, and count their files."""
    from workshop.layers.checks import check as find  # noqa: PLC0415 - as above
    from workshop.layers.checks import count  # noqa: PLC0415 - as above
    from workshop.layers.ignored import check_ignored  # noqa: PLC0415 - as above

    project, layers = _layers()
    _console().print(_shares(count(layers)))
    show([*find(layers), *check_ignored(project, layers)], otherwise="check-clean")


@app.command("edit", help=text("author-help-edit"))
def edit(
    step: Step,
    *,
    discard: Annotated[bool, typer.Option("--discard", help=text("author-help-discard"))] = False,
) -> None:
    """Open a composed tree for editing."""
    from workshop.layers.asking import find_layer  # noqa: PLC0415 - as above
    from workshop.layers.editing import open_edit  # noqa: PLC0415 - as above
    from workshop.layers.notes import Note  # noqa: PLC0415 - as above

    project, layers = _layers()
    layer = find_layer(layers, step)
    folder = project.relative(open_edit(project, layers, layer, discard=discard))
    opened = {"folder": folder, "step": layer.name, "number": f"{layer.number:02}"}
    show([Note("edit-opened", opened, trouble=False)])


@app.command("save", help=text("author-help-save"))
def save(step: Step) -> None:
    """Give the edits of a composed tree back to the layers."""
    from workshop.layers.asking import find_layer  # noqa: PLC0415 - as above
    from workshop.layers.editing import save_edit  # noqa: PLC0415 - as above

    project, layers = _layers()
    notes = save_edit(project, layers, find_layer(layers, step))
    # What the edit leaves to mend is told, but saving has succeeded.
    show(notes, otherwise="edit-nothing", fails=False)


@app.command("import", help=text("author-help-import"))
def import_() -> None:
    """Read the step branches back into the layers."""
    from workshop.layers.importing import import_branches  # noqa: PLC0415 - as above

    project, layers = _layers()
    show(import_branches(project, layers), otherwise="import-nothing")


@app.command("branches", help=text("author-help-branches"))
def branches(
    *,
    force: Annotated[bool, typer.Option("--force", help=text("author-help-force"))] = False,
) -> None:
    """Make the step branches."""
    from workshop.layers.branches import build_branches  # noqa: PLC0415 - as above

    project, layers = _layers()
    show(build_branches(project, layers, force=force))


@app.command("final", help=text("author-help-final"))
def final(
    *,
    only_check: Annotated[bool, typer.Option("--check", help=text("author-help-final-check"))] = (
        False
    ),
) -> None:
    """Write ``final/``, or tell what differs from the layers."""
    from workshop.layers.final import compare_final, write_final  # noqa: PLC0415 - as above
    from workshop.project import find_project  # noqa: PLC0415 - as above

    notes = (compare_final if only_check else write_final)(find_project())
    show(notes, otherwise="final-same")


def show(notes: Iterable[Note], *, otherwise: str = "", fails: bool = True) -> None:
    """Print notes, troubles last; exit with 1 after a trouble if that ``fails`` the command.

    Args:
        notes: what to print.
        otherwise: id of the message that is printed when there is no note.
        fails: whether a trouble is a failure of the command.

    Raises:
        typer.Exit: there was a trouble.

    """
    from rich.text import Text  # noqa: PLC0415 - as above

    console = _console()
    notes = sorted(notes, key=lambda note: note.trouble)
    for note in notes:
        console.print(Text(str(note), style="yellow" if note.trouble else ""))
    if not notes and otherwise:
        console.print(Text(text(otherwise)))
    if fails and any(note.trouble for note in notes):
        raise typer.Exit(1)


def _layers() -> tuple[Project, tuple[Layer, ...]]:
    from workshop.layers.reading import read_layers  # noqa: PLC0415 - as above
    from workshop.project import find_project  # noqa: PLC0415 - as above

    project = find_project()
    return project, read_layers(project)


def _target(project: Project, layers: tuple[Layer, ...], step: str, path: str) -> tuple[Layer, str]:
    from workshop.layers.asking import app_path, find_layer  # noqa: PLC0415 - as above

    return find_layer(layers, step), app_path(project, layers, path).path


def _console() -> Console:
    from rich.console import Console  # noqa: PLC0415 - as above

    return Console(soft_wrap=True, highlight=False)


def _shares(counts: list[tuple[Layer, Count]]) -> Table:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above

    from workshop.layers.checks import Count  # noqa: PLC0415 - as above

    table = Table(box=SIMPLE_HEAD if _console().is_terminal else None)
    table.add_column(text("check-column-step"), no_wrap=True)
    for column in ("files", "added", "replaced", "appended", "removed", "share"):
        table.add_column(text(COLUMNS[column]), justify="right", no_wrap=True)
    total = sum((counted for _, counted in counts), Count())
    rows = [*((layer.name, counted) for layer, counted in counts), (text("check-total"), total)]
    for name, counted in rows:
        numbers = (
            *(counted.files, counted.added, counted.replaced),
            *(counted.appended, counted.removed),
        )
        table.add_row(name, *map(str, numbers), f"{counted.share:.0%}")
    return table


COLUMNS = {
    "files": "check-column-files",
    "added": "check-column-added",
    "replaced": "check-column-replaced",
    "appended": "check-column-appended",
    "removed": "check-column-removed",
    "share": "check-column-share",
}
