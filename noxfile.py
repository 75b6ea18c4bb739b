"""Every chore of the repository, as a table and a loop; `nox -l` reads as its manual."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nox
from filelock import FileLock

ROOT = Path(__file__).parent
STOPPED = {130, 143}
"""Exit codes that say: stopped by Ctrl-C or SIGTERM, as somebody wished."""

nox.needs_version = ">=2025.5"
nox.options.default_venv_backend = "none"  # sessions share the environments made below
nox.options.sessions = ["tests"]


@dataclass(frozen=True)
class Chore:
    """One session: what it is for, its environment (a file of requirements/), its command."""

    title: str
    environment: str
    command: tuple[str, ...]
    module: str = "workshop"


CHORES = {
    "app": Chore("Run the finished app on its services and print the links.", "run", ("run",)),
    "tests": Chore("Check everything that must hold.", "dev", ("author", "verify")),
    **{
        f"step-{path.name[:2]}": Chore(
            f"Check step {path.name[:2]}, {path.name[3:]}; `-- --mine` checks yours.",
            "dev",
            ("author", "test", path.name[:2]),
        )
        for path in sorted((ROOT / "steps").glob("[0-9][0-9]_*"))
    },
    "final": Chore(
        "Write final/ from the steps; `-- --check` compares.", "dev", ("author", "final")
    ),
    "exercises": Chore(
        "Check every exercise: it fails as declared, and its solution passes.",
        "dev",
        ("author", "exercises"),
    ),
    "docs": Chore("Build the site strictly; `-- serve` shows it.", "dev", ("docs",)),
    "branches": Chore(
        "Build the branches step-01, step-02, … from the steps.", "dev", ("author", "branches")
    ),
    "bench": Chore(
        "Measure the finished app next to others; needs wrk.", "dev", (), module="bench"
    ),
    "crash": Chore(
        "Kill processes and servers of the finished app, and count.", "dev", (), "tests.crash"
    ),
    "fuzz": Chore("Send thousands of odd requests to the finished app.", "fuzz", (), module="fuzz"),
    "mutants": Chore(
        "Spoil the code of each step in one place at a time, and see who notices.",
        "dev",
        (),
        module="mutants",
    ),
    "lint": Chore("Check style and import rules.", "dev", ("author", "verify", "lint")),
    "types": Chore("Check the types.", "dev", ("author", "verify", "types")),
}


def python_of(folder: Path) -> Path:
    """Return the interpreter of an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install(session: nox.Session, folder: Path, requirements: Path) -> None:
    """Make the environment equal to the pinned requirements, with uv where there is one."""
    if shutil.which("uv"):
        python = str(python_of(folder))
        if not python_of(folder).exists():
            session.run(
                "uv",
                "venv",
                "--quiet",
                "--clear",
                "--python",
                sys.executable,
                str(folder),
                external=True,
            )
        session.run(
            "uv",
            "pip",
            "sync",
            "--quiet",
            "--python",
            python,
            "--require-hashes",
            "--compile-bytecode",  # as pip does: else the first commands would be slow
            str(requirements),
            external=True,
        )
    else:
        session.run(sys.executable, "-m", "venv", str(folder), external=True)
        session.run(
            str(python_of(folder)),
            "-m",
            "pip",
            "install",
            "-q",
            "--require-hashes",
            "-r",
            str(requirements),
            external=True,
        )


def environment(session: nox.Session, name: str, folder: Path) -> Path:
    """Bring an environment up to date; a current one costs a read of two files."""
    requirements = ROOT / "requirements" / f"{name}.txt"
    wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    stamp = folder / "requirements.sha256"
    folder.parent.mkdir(exist_ok=True)
    with FileLock(folder.parent / f"{folder.name}.lock"):
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            stamp.unlink(missing_ok=True)
            install(session, folder, requirements)
            stamp.write_text(wanted, encoding="utf-8")
    return python_of(folder)


def call(session: nox.Session, *command: str) -> None:
    """Run a command of ours to its end. Ctrl-C reaches it by itself, SIGTERM is passed on to it."""
    session.log(" ".join(command[1:]))
    process = subprocess.Popen(command)
    before = signal.signal(signal.SIGTERM, lambda _signal, _frame: process.terminate())
    try:
        code = wait(process)
    finally:
        signal.signal(signal.SIGTERM, before)
    if code in STOPPED:
        session.log("stopped")
    elif code:
        session.error(f"exit code {code}")


def wait(process: subprocess.Popen[bytes]) -> int:
    """Wait also through Ctrl-C: the process has it too, and stops in order."""
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def register(name: str, chore: Chore) -> None:
    """Turn a row of the table into a session."""

    def run(session: nox.Session) -> None:
        python = environment(session, chore.environment, ROOT / ".nox" / chore.environment)
        call(session, str(python), "-m", chore.module, *chore.command, *session.posargs)

    run.__doc__ = chore.title
    nox.session(name=name)(run)


for name, chore in CHORES.items():
    register(name, chore)


@nox.session
def dev(session: nox.Session) -> None:
    """Make .venv with everything, the `workshop` command included."""
    folder = ROOT / ".venv"
    python = str(environment(session, "dev", folder))
    if shutil.which("uv"):
        session.run(
            "uv",
            "pip",
            "install",
            "--quiet",
            "--python",
            python,
            "--no-deps",
            "--editable",
            ".",
            external=True,
        )
    else:
        session.run(python, "-m", "pip", "install", "-q", "--no-deps", "-e", ".", external=True)
    shown = folder.relative_to(ROOT) / ("Scripts" if os.name == "nt" else "bin") / "activate"
    session.log(f"now: {'' if os.name == 'nt' else '. '}{shown}, then: workshop --help")


LOCKS = {
    "requirements/dev.in": "requirements/dev.txt",
    "requirements/run.in": "requirements/run.txt",
    "requirements/fuzz.in": "requirements/fuzz.txt",
    "final/requirements.in": "steps/01_database/requirements.txt",
    "final/requirements-dev.in": "steps/01_database/requirements-dev.txt",
}
"""What is pinned from what. The first solves for all; the others only select from it."""


@nox.session(default=False)
def lock(session: nox.Session) -> None:
    """Pin all requirements anew with hashes, no index address; `-- --upgrade` takes newer ones."""
    everything = next(iter(LOCKS.values()))
    for source, target in LOCKS.items():
        shared = () if target == everything else ("--constraint", everything)
        upgrade = session.posargs if target == everything else ()
        session.run(
            "uv",
            "pip",
            "compile",
            "--quiet",
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
            "--no-emit-index-url",
            "--no-annotate",
            "--custom-compile-command",
            "nox -s lock",
            *shared,
            *upgrade,
            source,
            "--output-file",
            target,
            external=True,
        )
