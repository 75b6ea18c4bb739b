"""``workshop author exercises``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from workshop.cli.exits import DONE, LEFT
from workshop.cli.opening import find_step, open_all
from workshop.errors import WorkshopError
from workshop.messages import text

if TYPE_CHECKING:
    from workshop.layers import Layer, Note
    from workshop.workspace.course import Course

Step = Annotated[str, typer.Argument(metavar="N", help=text("learn-argument-step"))]


def exercises(
    step: Step = "",
    *,
    survey: Annotated[bool, typer.Option("--survey", help=text("learn-help-survey"))] = False,
) -> None:
    """Check the contract of the exercises; for authors."""
    from workshop.exercises import contract  # noqa: PLC0415 - quick --help
    from workshop.exercises.capstone import CAPSTONE, capstone_slips  # noqa: PLC0415 - the same

    project, course = open_all()
    chosen = _choose(course, step)
    failed = False
    for layer in chosen:
        if survey:
            failed |= _survey(course, layer)
            continue
        check = partial(contract.check_exercise, project, course.layers, layer)
        failed |= _tell(layer.name, check)
    if step in {"", CAPSTONE} and not survey and (project.exercises / CAPSTONE).is_dir():
        failed |= _tell(CAPSTONE, partial(capstone_slips, project, course.layers))
    raise typer.Exit(LEFT if failed else DONE)


def _survey(course: Course, layer: Layer) -> bool:
    from workshop.cli.showing import say  # noqa: PLC0415 - quick --help
    from workshop.exercises import contract  # noqa: PLC0415 - the same

    try:
        found = contract.survey(course.project, course.layers, layer)
    except WorkshopError as error:
        say(str(error), "red")
        return True
    for owner, tests in found.items():
        say("\n".join((owner, *(f"  {test}" for test in tests))))
    return False


def _choose(course: Course, step: str) -> Sequence[Layer]:
    from workshop.exercises.capstone import CAPSTONE  # noqa: PLC0415 - quick --help

    if step == CAPSTONE:
        return ()
    return [course.layer(find_step(course, step, default=0))] if step else course.layers


def _tell(name: str, check: Callable[[], Iterable[Note]]) -> bool:
    from workshop.cli.showing import say  # noqa: PLC0415 - quick --help

    try:
        slips = [str(note) for note in check()]
    except WorkshopError as error:
        slips = [str(error)]
    for slip in slips:
        say(slip, "red")
    if not slips:
        say(text("exercises-hold", step=name), "green")
    return bool(slips)
