"""``workshop why``: which step wrote a line."""

from __future__ import annotations

from typing import Annotated

import typer

from workshop.messages import text


def why(
    place: Annotated[str, typer.Argument(metavar="PATH[:LINE]", help=text("why-argument-place"))],
) -> None:
    """Tell which step wrote a file or a line, where, its page and its tests."""
    from rich.console import Console  # noqa: PLC0415 - the command loads what it uses
    from rich.text import Text  # noqa: PLC0415 - as above

    from workshop.layers.explaining import explain  # noqa: PLC0415 - as above
    from workshop.layers.reading import read_layers  # noqa: PLC0415 - as above
    from workshop.project import find_project  # noqa: PLC0415 - as above

    project = find_project()
    console = Console(soft_wrap=True, highlight=False)
    for note in explain(project, read_layers(project), place):
        console.print(Text(str(note), style="yellow" if note.trouble else ""))
