"""Why it ends, and what is left."""

from __future__ import annotations

import signal

from workshop.messages import text
from workshop.runner.interrupts import Cause
from workshop.runner.output import RED, Output
from workshop.runner.run import Run
from workshop.runner.services import Farewell
from workshop.runner.shortening import shorten
from workshop.runner.supervisor import ProcessDiedError

SIGNALLED = 128

STOPPING = {
    Cause.INTERRUPT: "run-stopping-interrupt",
    Cause.TERMINATE: "run-stopping-terminate",
    Cause.HANGUP: "run-stopping-hangup",
    Cause.OUTPUT_CLOSED: "run-stopping-output",
    Cause.PARENT_GONE: "run-stopping-parent",
}


def announce_stop(output: Output, cause: Cause) -> None:
    """Say why everything is being stopped."""
    output.say()
    output.say(text(STOPPING[cause]))


def say_who_died(run: Run, died: ProcessDiedError) -> None:
    """Say which process ended, how, what it said last, and where all that it said is."""
    process = died.process
    run.output.say()
    met = run.target.blanks.met(process.last_lines)
    if met is not None:
        run.output.say(text("run-died-blank", name=process.name, blank=met.told()), RED)
    else:
        run.output.say(text("run-died", name=process.name, how=_how(died.code)), RED)
        for line in process.last_lines:
            run.output.say(f"  {line}")
    log, command = run.project.relative(process.log), shorten(" ".join(process.command))
    run.output.say(text("run-died-where", log=log, command=command), RED)


def say_farewell(output: Output, farewell: Farewell) -> None:
    """Say, in the last line, what became of the services."""
    stopped, left = ", ".join(farewell.stopped), ", ".join(farewell.left)
    parts = [text("run-services-stopped", names=stopped)] if stopped else []
    if left:
        message = "run-services-shared" if farewell.shared else "run-services-left"
        parts.append(text(message, names=left))
    output.say(" ".join([text("run-stopped"), *parts]))


def _how(code: int) -> str:
    """Describe an exit code; above 128 it is 128 + the signal that ended the process."""
    try:
        name = signal.Signals(code - SIGNALLED).name
    except ValueError:
        return text("run-code", code=str(code))
    return text("run-signal", signal=name)
