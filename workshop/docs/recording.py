"""Running the commands of the pages in a checkout of their own, and keeping what they print."""

from __future__ import annotations

import os
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import workshop
from workshop.checking.ahead import BUILD_MACHINE
from workshop.docs.course import Course
from workshop.docs.held import keep_states
from workshop.docs.outputs import Command, output_path, read_commands
from workshop.docs.routes import ROUTES, record_routes
from workshop.errors import WorkshopError
from workshop.layers import compose, read_layers, write_tree
from workshop.layers.notes import Note
from workshop.messages import LANGUAGES
from workshop.project import Project

PATIENCE = 120.0
"""Seconds that a command may take."""
PATIENCE_WITH_SLOW = 3600.0
"""The same, of one that is declared as slow."""

SHOWN_ROOT = "~/fastapi-workshop"
SHOWN_PORT = "8000"
COPIED = (
    "steps",
    "exercises",
    "docs",
    "noxfile.py",
    "pyproject.toml",
    ".gitignore",
    ".gitattributes",
)
LEFT_OUT = shutil.ignore_patterns("__pycache__", "assets", "outputs")
HIDDEN = BUILD_MACHINE.union(
    ("DATABASE_URL", "REDIS_URL", "VIRTUAL_ENV", "FORCE_COLOR", "PYTEST_ADDOPTS")
)
HIDDEN_BEGINNINGS = ("SMTP_", "WORKSHOP_")
"""Of settings of this machine that would change what commands print."""
CURLY = re.compile(r"\{(\w+)\}")
JWT = re.compile(r"(eyJ[\w-]{12})[\w-]*\.[\w-]+\.[\w-]+")
REFRESH_TOKEN = re.compile(r'("refresh_token": "[\w-]{12})[^"]+"')


@dataclass
class Bench:
    """A temporary checkout in which commands run."""

    project: Project
    port: int
    running: dict[str, Running] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    """Shell variables that commands have set."""

    def run_all(self, command: Command, language: str) -> dict[str, str]:
        """Run a command; return by name what it printed and what the app said meanwhile.

        Raises:
            WorkshopError: as `run`, or the app never said what it should.

        """
        listening = list(self.running.values()) if command.heard else []
        for app in listening:
            app.forget()
        said = {command.output: self.run(command, language)}
        for app in listening:
            said[command.heard] = self.clean(app.wait_for(command.hears))
        return {name: text for name, text in said.items() if name}

    def run(self, command: Command, language: str) -> str:
        """Run a command, or start it when it is one that stays; return what it printed, cleaned.

        Raises:
            WorkshopError: it ended with another exit code than declared, did not end, or never said
                what it should.

        """
        arguments = [
            sys.executable if argument == "python" else self._fill(argument)
            for argument in command.arguments
        ]
        arguments[0] = _beside_python(arguments[0])
        folder, variables = self._place(command, language)
        if command.until:
            self.stop()  # two apps would want the same port
            started = Running(command, arguments, folder, variables)
            self.running[command.shown] = started
            return self.clean(started.wait_for(self._fill(command.until)))
        patience = PATIENCE_WITH_SLOW if command.slow else PATIENCE
        try:
            ended = subprocess.run(
                arguments,
                cwd=folder,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=patience,
                encoding="utf-8",
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise WorkshopError(
                "docs-record-endless",
                command=command.shown,
                seconds=f"{patience:.0f}",
                output=(error.stdout or b"").decode(),
            ) from error
        _require(command, ended.returncode, ended.stdout)
        if command.keeps:
            self.kept[command.keeps] = ended.stdout.strip()
        return self.clean(ended.stdout)

    def stop(self) -> None:
        """End what stays, the way Ctrl-C does."""
        for started in self.running.values():
            started.stop()
        self.running.clear()

    def clean(self, printed: str) -> str:
        """Remove from an output what belongs to this machine and this run."""
        printed = printed.replace(str(self.project.root), SHOWN_ROOT)
        printed = re.sub(rf"(?<=[:\s]){self.port}\b", SHOWN_PORT, printed)
        printed = re.sub(r"(127\.0\.0\.1:)\d{5}\b", r"\g<1>54321", printed)
        printed = re.sub(r"\x1b\[[0-9;]*m", "", printed)
        printed = JWT.sub(r"\1…", printed)
        printed = REFRESH_TOKEN.sub(r'\1…"', printed)
        return "\n".join(line.rstrip() for line in printed.strip().split("\n")) + "\n"

    def _fill(self, argument: str) -> str:
        return CURLY.sub(lambda found: {"port": str(self.port)}.get(found[1], found[0]), argument)

    def _place(self, command: Command, language: str) -> tuple[Path, dict[str, str]]:
        variables = shown_environment()
        variables |= {
            "WORKSHOP_ROOT": str(self.project.root),
            "WORKSHOP_LANG": language,
            "PYTHONPATH": str(Path(workshop.__file__).parent.parent),
            "PYTHONUTF8": "1",
            "NO_COLOR": "1",
            "TERM": "dumb",
            "COLUMNS": "96",
            "PYTHON": sys.executable,
            **self.kept,
        }
        if command.folder == ".":
            return self.project.root, variables
        number = int(command.folder.removeprefix("step-"))
        layers = read_layers(self.project)[:number]
        folder = self.project.build(command.folder)
        write_tree(compose(layers), folder)
        from workshop.services import environment  # noqa: PLC0415 - only these commands need them

        needs = command.services or layers[-1].services
        found = environment(self.project, needs)
        variables["PYTHONPATH"] = ""
        return folder, {**variables, **found, "FIRST_ADMIN_PASSWORD": "example-password"}


class Running:
    """A command that stays until it is stopped."""

    def __init__(
        self, command: Command, arguments: Sequence[str], folder: Path, variables: dict[str, str]
    ) -> None:
        self.command = command
        self.printed: list[str] = []
        self.lines: queue.Queue[str | None] = queue.Queue()
        self.process = subprocess.Popen(  # noqa: S603, RUF100 - a command of ours
            arguments,
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def forget(self) -> None:
        """Leave out what was printed up to now."""
        while not self.lines.empty() and self.lines.queue[0] is not None:
            self.lines.get()
        self.printed.clear()

    def wait_for(self, said: str) -> str:
        """Return what was printed up to the line that holds ``said``.

        Raises:
            WorkshopError: the command ended or stayed silent.

        """
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                line = self.lines.get(timeout=1)
            except queue.Empty:
                continue
            if line is None:
                break
            self.printed.append(line)
            if said in line:
                return "".join(self.printed)
        self.stop()
        raise WorkshopError(
            "docs-record-silent",
            command=self.command.shown,
            until=said,
            seconds=f"{PATIENCE:.0f}",
            output="".join(self.printed),
        )

    def stop(self) -> None:
        """Interrupt the command and wait for its end."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.reader.join()
        if self.process.stdout:
            self.process.stdout.close()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.put(line)
        self.lines.put(None)


@contextmanager
def bench(course: Course) -> Iterator[Bench]:
    """Make a checkout with the course's steps, and delete it with its servers in the end."""
    folder = Path(tempfile.mkdtemp(prefix="workshop-docs-"))
    folder.chmod(0o755)  # PostgreSQL may run as another user
    project = Project(folder.resolve() / "fastapi-workshop")
    project.root.mkdir()
    for name in COPIED:
        source = course.project.root / name
        if source.is_dir():
            shutil.copytree(source, project.root / name, ignore=LEFT_OUT)
        elif source.exists():
            shutil.copy(source, project.root / name)
    _commit(project.root)
    made = Bench(project, _free_port())
    try:
        yield made
    finally:
        made.stop()
        from workshop.services import stop  # noqa: PLC0415 - only after a run

        stop(project)
        shutil.rmtree(folder, ignore_errors=True)


def shown_environment() -> dict[str, str]:
    """Take from the environment what a reader's machine may have as well."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in HIDDEN and not name.startswith(HIDDEN_BEGINNINGS)
    }


def runnable(course: Course, names: Sequence[str]) -> list[Command]:
    """List the commands to run for these outputs, and what they need before them.

    Without names, it is all but the slow ones: whoever wants to wait for those names them.

    Raises:
        WorkshopError: there is no output of that name.

    """
    commands = [
        command
        for command in read_commands(course.project).values()
        if not command.proof and (command.outputs or not command.slow)
    ]
    recorded = [name for command in commands for name in command.outputs]
    for name in names:
        if name not in recorded and name != ROUTES:
            known = ", ".join([*recorded, ROUTES])
            raise WorkshopError("docs-record-unknown", exit_code=2, name=name, known=known)
    if not names:
        return [command for command in commands if not command.slow]
    wanted = set(names)
    for command in reversed(commands):
        if wanted & {command.shown, *command.outputs}:
            wanted |= {command.shown, *command.needs}
    return [command for command in commands if command.shown in wanted]


def record(course: Course, names: Sequence[str]) -> list[Note]:
    """Run commands and store their outputs.

    Raises:
        WorkshopError: a command fails.

    """
    notes = []
    recorded: list[str] = []
    for language in LANGUAGES:
        with bench(course) as made:
            for command in runnable(course, names):
                recorded += command.outputs
                if language != LANGUAGES[0] and not _needed_again(course, command):
                    continue
                for name, printed in made.run_all(command, language).items():
                    if command.spoken or language == LANGUAGES[0]:
                        path = output_path(course.project, name, language, spoken=command.spoken)
                        notes.append(store(course.project, path, printed))
    keep_states(course, recorded)
    if not names or ROUTES in names:
        notes += record_routes(course)
    return notes


def _needed_again(course: Course, command: Command) -> bool:
    """Tell whether a command belongs to the outputs that each language has."""
    return command.spoken or any(
        other.spoken and command.shown in other.needs
        for other in read_commands(course.project).values()
    )


def store(project: Project, path: Path, printed: str) -> Note:
    """Write an output, unless it differs from the stored one only in what differs each time."""
    shown = {"file": project.relative(path)}
    if path.is_file() and steady(path.read_text(encoding="utf-8")) == steady(printed):
        return Note("docs-recorded-same", shown, trouble=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(printed, encoding="utf-8", newline="\n")
    return Note("docs-recorded", shown, trouble=False)


def steady(printed: str) -> str:
    """Blank out what differs from run to run: durations, times, hashes, identifiers."""
    printed = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID", printed)
    printed = re.sub(r"\b[0-9a-f]{7,40}\b", "HASH", printed)
    printed = re.sub(r"(password|пароль) \S+", "PASSWORD", printed)
    printed = re.sub(r'(?<="refresh_token": ")[^"]+', "TOKEN", printed)
    printed = re.sub(r"(?m)^date: .*$|\[\d+\]", "", printed)
    printed = re.sub(r"(\d{4}-\d\d-\d\d[T ]|\b)\d\d:\d\d:\d\d[.,\d]*Z?", "TIME", printed)
    printed = re.sub(r"_ms=\d+\.\d+", "_ms=N", printed)
    return re.sub(r"\b\d+[.,]\d+\s*(s|с|seconds)(?!\w)", "N s", printed)  # noqa: RUF001 - Russian seconds


def _require(command: Command, code: int, printed: str) -> None:
    if code != command.exit_code:
        raise WorkshopError(
            "docs-record-failed",
            command=command.shown,
            code=code,
            expected=command.exit_code,
            output=printed,
        )


def _beside_python(program: str) -> str:
    return shutil.which(program, path=str(Path(sys.executable).parent)) or program


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _commit(root: Path) -> None:
    git = ["git", "-c", "user.name=workshop", "-c", "user.email=workshop@example.com"]
    for arguments in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "copy"]):
        subprocess.run([*git, *arguments], cwd=root, check=True, stdout=subprocess.DEVNULL)
