"""Where the files of an embedded service are."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from workshop.project import Project


@dataclass(frozen=True)
class Place:
    """The files of one embedded service in one checkout, all below one directory."""

    project: Project
    name: str

    @property
    def directory(self) -> Path:
        """Everything of this service; deleting it deletes the service."""
        return services_directory(self.project) / self.name

    @property
    def data(self) -> Path:
        """The server's own data."""
        return self.directory / "data"

    @property
    def log(self) -> Path:
        """What the server says; mode 600."""
        return self.directory / "server.log"

    @property
    def record(self) -> Path:
        """Port, password and process of the server; mode 600."""
        return self.directory / "server.json"

    def identity(self) -> str:
        """Name the directory itself, whatever its path: a copy has another identity, a move not.

        Raises:
            OSError: the directory does not exist or cannot be looked at.

        """
        found = self.directory.stat()
        return f"{found.st_dev}:{found.st_ino}"


def services_directory(project: Project) -> Path:
    """Hold the embedded services of a checkout."""
    return project.state / "services"


def lock_path(project: Project) -> Path:
    """Give the lock of a checkout's services.

    It lies outside ``.workshop``: whoever deletes that directory while servers are being started
    must not open the door to a second starter.
    """
    import tempfile  # noqa: PLC0415 - cold path

    key = hashlib.sha256(os.fsencode(project.root.resolve())).hexdigest()[:16]
    name = f"services-{key}.lock"
    temporary = Path(tempfile.gettempdir()) / f"fastapi-workshop-{_user()}"
    for home in (_user_state(), temporary):
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            continue  # a read-only or missing home directory, as in many containers
        if os.access(home, os.W_OK):
            return home / name
    return temporary.with_name(f"{temporary.name}-{name}")


def _user_state() -> Path:
    for variable in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        if os.environ.get(variable):
            return Path(os.environ[variable]) / "fastapi-workshop"
    return Path(os.path.expanduser("~")) / ".local" / "state" / "fastapi-workshop"  # noqa: PTH111 - Path.home() raises where there is no home


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
