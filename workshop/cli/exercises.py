"""``workshop author exercises``."""

from __future__ import annotations

from typing import Annotated

import typer

from workshop.cli.exits import DONE, LEFT
from workshop.cli.opening import find_step, open_all
from workshop.errors import WorkshopError
from workshop.messages import text

Step = Annotated[str, typer.Argument(metavar="[N]", help=text("learn-argument-step"))]


def exercises(
    step: Step = "",
    *,
    survey: Annotated[bool, typer.Option("--survey", help=text("learn-help-survey"))] = False,
) -> None:
    """Check the contract of the exercises; for authors."""
    from workshop.cli.showing import say  # noqa: PLC0415 - quick --help
    from workshop.exercises import contract  # noqa: PLC0415 - the same
    from workshop.exercises.challenge import CAPSTONE, capstone_slips  # noqa: PLC0415 - the same

    project, course = open_all()
    chosen = [course.layer(find_step(course, step, default=0))] if step else course.layers
    failed = False
    for layer in chosen:
        if survey:
            for owner, tests in contract.survey(project, course.layers, layer).items():
                say("\n".join((owner, *(f"  {test}" for test in tests))))
            continue
        try:
            slips = [str(note) for note in contract.check_exercise(project, course.layers, layer)]
        except WorkshopError as error:
            slips = [str(error)]
        failed |= _tell(layer.name, slips)
    if not step and not survey and (project.exercises / CAPSTONE).is_dir():
        failed |= _tell(CAPSTONE, [str(note) for note in capstone_slips(project, course.layers)])
    raise typer.Exit(LEFT if failed else DONE)


def _tell(name: str, slips: list[str]) -> bool:
    from workshop.cli.showing import say  # noqa: PLC0415 - quick --help

    for slip in slips:
        say(slip, "red")
    if not slips:
        say(text("exercises-hold", step=name), "green")
    return bool(slips)
