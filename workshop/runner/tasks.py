"""What happens before the processes start: wait for the database, migrate it, fill it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from workshop.errors import WorkshopError
from workshop.messages import text
from workshop.runner.blanks import Blank, Blanks
from workshop.runner.interrupts import POLL, Interrupts
from workshop.runner.output import Output
from workshop.runner.process import GuardedProcess
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


PHASES = (
    (
        Task("run-pre-start", "run-mend-database", ("-m", "app.pre_start")),
        Task("run-migrate", "run-mend-migrations", ("-m", "alembic", "upgrade", "head")),
    ),
    (Task("run-init-data", "run-mend-settings", ("-m", "app.init_data")),),
)
"""Tasks of one phase run side by side: the services have answered already, so waiting for the
database takes no longer than its imports, which the migrations can use for their own."""


@dataclass(frozen=True)
class RunningTask:
    """A task whose process has been started."""

    task: Task
    process: GuardedProcess
    interrupts: Interrupts
    blanks: Blanks

    def finish(self, output: Output) -> None:
        """Wait for its end; its output is kept in the logs and shown only when it failed.

        Raises:
            WorkshopError: it failed; the message holds its last lines.
            StopAskedError: there was a reason to stop.

        """
        while not self.process.ended.wait(POLL):
            self.interrupts.check()
        if self.process.code != 0:
            if met := self.blanks.met(self.process.last_lines):
                raise _not_written(self.task, met)
            output.say()
            for line in self.process.last_lines:
                output.say(f"  {line}")
            raise _failure(self.task, self.process)

    def stop(self) -> None:
        """End it if it still runs, without waiting when Ctrl-C is pressed again."""
        self.process.ask_to_stop()
        while not self.process.ended.wait(POLL):
            if self.interrupts.insisted:
                self.process.kill()


def run_phase(
    tasks: Sequence[Task], place: Workplace, output: Output, interrupts: Interrupts
) -> None:
    """Run the tasks of a phase; when one fails or a stop is asked for, none is left running.

    Raises:
        WorkshopError: one failed.
        StopAskedError: there was a reason to stop.

    """
    running: list[RunningTask] = []
    try:
        for task in tasks:
            running.append(_start(task, place, interrupts))  # noqa: PERF401 - started so far must be known
        for one in running:
            with output.stage(one.task.title):
                one.finish(output)
    finally:
        for one in running:
            one.stop()


def _start(task: Task, place: Workplace, interrupts: Interrupts) -> RunningTask:
    log = place.logs / f"{task.title.removeprefix('run-')}.log"
    command = (sys.executable, *task.arguments)
    process = GuardedProcess(task.title, command, place.folder, place.environment, log)
    process.start()
    return RunningTask(task, process, interrupts, place.blanks)


def _not_written(task: Task, met: Blank) -> WorkshopError:
    return WorkshopError(
        "run-task-blank", command=task.shown, task=met.task, title=met.title, place=met.place
    )


def _failure(task: Task, process: GuardedProcess) -> WorkshopError:
    foreign = any(FOREIGN_MIGRATION in line for line in process.last_lines)
    return WorkshopError(
        "run-task-failed",
        command=task.shown,
        code=str(process.code),
        mend=text("run-mend-foreign" if foreign else task.mend),
        folder=str(process.folder),
        log=str(process.log),
    )
