"""What happens before the processes start: wait for the database, migrate it, fill it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from queue import Empty

from workshop.errors import WorkshopError
from workshop.messages import text
from workshop.runner.interrupts import POLL, Interrupts, StopAskedError
from workshop.runner.process import Ended, GuardedProcess, event_queue
from workshop.runner.run import Workplace

FOREIGN_MIGRATION = "Can't locate revision"


@dataclass(frozen=True)
class Task:
    """A command of the app that must end well before the next one starts."""

    title: str
    """Id of the message that says what is being done."""
    mend: str
    """Id of the message that says what to look at when it fails."""
    arguments: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The command as a person types it."""
        return " ".join(("python", *self.arguments))


TASKS = (
    Task("run-pre-start", "run-mend-database", ("-m", "app.pre_start")),
    Task("run-migrate", "run-mend-migrations", ("-m", "alembic", "upgrade", "head")),
    Task("run-init-data", "run-mend-settings", ("-m", "app.init_data")),
)


def run_task(task: Task, place: Workplace, interrupts: Interrupts) -> None:
    """Run it to its end; its output is kept in the logs and shown only when it fails.

    Raises:
        WorkshopError: it failed; the message holds its last lines.
        StopAskedError: there was a reason to stop, and it has been stopped.

    """
    events = event_queue()
    log = place.logs / f"{task.title.removeprefix('run-')}.log"
    command = (sys.executable, *task.arguments)
    process = GuardedProcess(task.title, command, place.folder, place.environment, log, events)
    process.start()
    try:
        code = _wait(process, interrupts)
    except StopAskedError:
        _stop(process, interrupts)
        raise
    if code != 0:
        raise _failure(task, code, process)


def _wait(process: GuardedProcess, interrupts: Interrupts) -> int:
    while True:
        interrupts.check()
        try:
            event = process.events.get(timeout=POLL)
        except Empty:
            continue
        if isinstance(event, Ended):
            return event.code


def _stop(process: GuardedProcess, interrupts: Interrupts) -> None:
    process.ask_to_stop()
    while not process.ended.wait(POLL):
        if interrupts.insisted:
            process.kill()


def _failure(task: Task, code: int, process: GuardedProcess) -> WorkshopError:
    output = "\n".join(process.last_lines)
    foreign = FOREIGN_MIGRATION in output
    return WorkshopError(
        "run-task-failed",
        command=task.shown,
        code=str(code),
        output=output,
        mend=text("run-mend-foreign" if foreign else task.mend),
        folder=str(process.folder),
        log=str(process.log),
    )
