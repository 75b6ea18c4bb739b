"""The environment in which the app's processes run."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

import dotenv
import filelock

from workshop.errors import WorkshopError
from workshop.project import Project
from workshop.runner.shortening import shorten

PASSWORD = "FIRST_ADMIN_PASSWORD"  # noqa: S105 - the name of the setting
EMAIL = "FIRST_ADMIN_EMAIL"
USERNAME = "FIRST_ADMIN_USERNAME"
LOCAL = "local"
API = "API_V1_STR"
API_DEFAULT = "/api/v1"
FRONTEND = "FRONTEND_URL"

DEFAULTS = {"ENVIRONMENT": LOCAL, EMAIL: "admin@example.com", USERNAME: "admin"}
"""What we say unless the user does, so that the login we print is the one that the app uses."""


def asked_settings(project: Project) -> dict[str, str]:
    """Read what the user asks for: the environment, and below it ``<root>/.env``.

    An empty value asks for nothing, as in the app's own settings.

    Raises:
        WorkshopError: ``.env`` cannot be read.

    """
    path = project.root / ".env"
    try:
        written = dotenv.dotenv_values(path, encoding="utf-8-sig") if path.is_file() else {}
    except (OSError, UnicodeDecodeError) as error:
        raise WorkshopError("run-dotenv", path=str(path), reason=shorten(str(error))) from error
    asked = {name: value for name, value in written.items() if value}
    return asked | {name: value for name, value in os.environ.items() if value}


def app_environment(
    project: Project, asked: Mapping[str, str], services: Mapping[str, str]
) -> dict[str, str]:
    """Lay what the user asks for over what we would choose.

    Args:
        project: keeps the first administrator's password.
        asked: what `asked_settings` read.
        services: addresses; where the user asked for one, it is already that one.

    """
    environment = {**DEFAULTS, **asked, **services}
    if environment["ENVIRONMENT"] == LOCAL and PASSWORD not in environment:
        environment[PASSWORD] = first_admin_password(project)
    scripts = str(Path(sys.executable).parent)  # where `uvicorn` is when nothing is activated
    environment["PATH"] = os.pathsep.join(filter(None, (scripts, environment.get("PATH"))))
    environment["PYTHONUNBUFFERED"] = "1"
    return environment


def with_address(environment: Mapping[str, str], host: str, port: int) -> dict[str, str]:
    """Tell where to listen: by the names that Procfiles use, and by those that uvicorn reads."""
    address = {"HOST": host, "PORT": str(port)}
    return {**environment, **address, **{f"UVICORN_{key}": value for key, value in address.items()}}


def with_pages(environment: Mapping[str, str], url: str) -> dict[str, str]:
    """Tell where links in mail lead, unless the user does: to the app's own pages.

    Args:
        environment: what the app would have otherwise.
        url: where the app answers.

    """
    api = environment.get(API) or API_DEFAULT
    return {FRONTEND: f"{url}{api}/auth/pages", **environment}


def first_admin_password(project: Project) -> str:
    """Return this checkout's password, made at random once; only the user may read the file."""
    path = project.state / "first-admin-password"
    path.parent.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(path.with_suffix(".lock")):
        if path.is_file() and (kept := path.read_text(encoding="ascii").strip()):
            return kept
        path.unlink(missing_ok=True)
        made = secrets.token_urlsafe(12)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{made}\n")
        return made
