"""Recorded outputs: what the commands in the pages print, kept beside the prose."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workshop.docs.outline import fences
from workshop.docs.places import Page, docs_folder
from workshop.errors import WorkshopError
from workshop.project import Project

if TYPE_CHECKING:
    from workshop.docs.course import Course

PROMPT = "$ "
SHELL = "console"
KEPT = re.compile(r"(\w+)=\$\((.*)\)")
"""``TOKEN=$(…)``: what is between the brackets is run, and what it prints is kept."""
SHOWN_ADDRESS, ADDRESS = "127.0.0.1:8000", "127.0.0.1:{port}"


@dataclass(frozen=True)
class Command:
    """A command that a page shows, and what proves it."""

    shown: str
    """As a reader types it."""
    arguments: tuple[str, ...] = ()
    """What is run in its place: a program and its arguments, ``python`` for this interpreter."""
    folder: str = "."
    """Where it runs: ``.`` is the checkout, ``step-01`` the app at the end of step 1."""
    output: str = ""
    """Name of the recorded output; empty when only the exit code counts."""
    stable: bool = False
    """Whether the output is the same each time, so that a test compares it."""
    services: tuple[str, ...] = ()
    spoken: bool = False
    """Whether the output depends on the language."""
    exit_code: int = 0
    until: str = ""
    """For a command that stays: what it says when it is ready. It is interrupted in the end."""
    proof: str = ""
    """A file that runs this command, when it is too long or too wide to be run here."""
    found: str = ""
    """What stands in that file instead of the command as it is shown."""
    slow: bool = False
    """Whether it runs only where it is named: it takes long, or another check runs the same."""
    needs: tuple[str, ...] = ()
    """Commands, as shown, that must have run before in the same checkout."""
    step: int = 0
    """Number of the step with whose app it begins a conversation."""
    continues: bool = False
    """Whether it belongs to the conversation before it, and needs all of it up to here."""
    keeps: str = ""
    """The shell variable that keeps what it prints, for the commands after it."""
    heard: str = ""
    """Name of the recorded output of the app while this command runs."""
    hears: str = ""
    """What the last line of it holds."""

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names of all that is recorded."""
        return tuple(filter(None, (self.output, self.heard)))


@dataclass(frozen=True)
class Route:
    """One operation of the app."""

    method: str
    path: str
    summary: str


def read_commands(project: Project) -> dict[str, Command]:
    """Read ``docs/commands.toml`` by the command as it is shown.

    Raises:
        WorkshopError: the file cannot be understood.

    """
    path = docs_folder(project) / "commands.toml"
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["command"]
        commands = _conversations([_command(row) for row in rows])
    except (OSError, KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        raise WorkshopError("docs-commands-file", file=str(path), reason=str(error)) from error
    return {command.shown: command for command in commands}


def _command(row: dict[str, Any]) -> Command:
    read: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    command = Command(**read)
    if command.arguments or command.proof:
        return command
    kept = KEPT.fullmatch(command.shown)
    typed = kept[2] if kept else command.shown
    typed = typed.replace(SHOWN_ADDRESS, ADDRESS).replace("| python ", '| "$PYTHON" ')
    return replace(command, arguments=("sh", "-c", typed), keeps=kept[1] if kept else "")


def _conversations(commands: list[Command]) -> list[Command]:
    """Let each command that continues need what came since the conversation began."""
    made: list[Command] = []
    since: list[str] = []
    for command in commands:
        if command.step:
            since = []
        made.append(replace(command, needs=(*since,)) if command.continues else command)
        if command.step or command.continues:
            since.append(command.shown)
    return made


def shown_commands(page: Page) -> list[tuple[int, str]]:
    """List the commands of a page's console fences with their lines."""
    return [
        (fence.number + 1 + position, line.removeprefix(PROMPT))
        for fence in fences(page.text)
        if fence.language == SHELL
        for position, line in enumerate(fence.lines)
        if line.startswith(PROMPT)
    ]


def output_path(project: Project, name: str, language: str, *, spoken: bool) -> Path:
    """Say where an output is kept."""
    folder = docs_folder(project) / "outputs"
    return (folder / language if spoken else folder) / f"{name}.txt"


def read_output(project: Project, name: str, language: str) -> tuple[str, bool]:
    """Return a recorded output, and whether it is words of the tool in that language.

    Raises:
        WorkshopError: there is none of that name.

    """
    for spoken in (True, False):
        path = output_path(project, name, language, spoken=spoken)
        if path.is_file():
            return path.read_text(encoding="utf-8"), spoken
    raise WorkshopError("docs-output-missing", name=name)


def result_path(project: Project, name: str) -> Path:
    """Say where a session leaves its result: ``nox -s bench -- --json docs/outputs/bench.json``."""
    return docs_folder(project) / "outputs" / f"{name}.json"


def read_result(project: Project, name: str) -> dict[str, Any]:
    """Return the last result of a session.

    Raises:
        WorkshopError: nothing was measured yet.

    """
    path = result_path(project, name)
    if not path.is_file():
        raise WorkshopError(f"docs-{name}-missing", path=path.relative_to(project.root).as_posix())
    result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return result


def list_commands(course: Course) -> list[str]:
    """Write each command that a page shows, with what proves it."""
    return [
        f"{command.shown}  ·  {command.proof or command.output or 'exit ' + str(command.exit_code)}"
        for command in read_commands(course.project).values()
    ]


def used_outputs(project: Project) -> set[str]:
    """Name the outputs that `read_commands` declares."""
    return {name for command in read_commands(project).values() for name in command.outputs}


@cache
def routes_of(project: Project, step: int) -> tuple[Route, ...]:
    """Return what the app serves at the end of a step: a recorded run of the app told it."""
    path = routes_path(project, step)
    if not path.is_file():
        return ()
    return tuple(Route(*row) for row in json.loads(path.read_text(encoding="utf-8"))["routes"])


def routes_path(project: Project, step: int) -> Path:
    """Say where the routes of a step are kept."""
    return docs_folder(project) / "outputs" / "routes" / f"step-{step:02}.json"


def lost_proofs(project: Project) -> list[Command]:
    """List the commands whose ``proof`` does not hold them."""
    lost = []
    for command in read_commands(project).values():
        path = project.root / command.proof
        wanted = command.found or command.shown
        if command.proof and not (path.is_file() and wanted in path.read_text(encoding="utf-8")):
            lost.append(command)
    return lost
