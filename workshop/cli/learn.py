"""The learner's loop, as the table that the root of the command line reads."""

from __future__ import annotations

from collections.abc import Callable

from workshop.cli.checking import check, watch
from workshop.cli.helping import diff, hint, solution
from workshop.cli.laying import next_step, reset, start, undo, update
from workshop.cli.overview import doctor, status

COMMANDS: dict[str, Callable[..., None]] = {
    "doctor": doctor,
    "status": status,
    "start": start,
    "check": check,
    "watch": watch,
    "hint": hint,
    "diff": diff,
    "solution": solution,
    "reset": reset,
    "undo": undo,
    "next": next_step,
    "update": update,
}
"""The commands, in the order of the help."""
