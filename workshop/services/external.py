"""Servers that somebody else runs, named in the environment or in ``.env``."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workshop.errors import WorkshopError
from workshop.project import Project
from workshop.services import pgwire, resp, smtpwire
from workshop.services.dotfile import read_dotenv
from workshop.services.errors import NoAnswerError, RefusedError

if TYPE_CHECKING:
    from urllib.parse import SplitResult

TIMEOUT = 5.0

SCHEMES: dict[str, tuple[str, ...]] = {
    "DATABASE_URL": ("postgresql", "postgresql+asyncpg"),
    "REDIS_URL": ("redis", "rediss"),
    "SMTP_HOST": ("smtp", "smtp+starttls", "smtps"),
}
APP_SCHEME = {"postgresql": "postgresql+asyncpg"}
PORTS = {"DATABASE_URL": 5432, "REDIS_URL": 6379, "SMTP_HOST": 1025}


@dataclass(frozen=True)
class Address:
    """The address of a server, as a person gave it.

    Attributes:
        variable: the app's setting.
        value: what it is set to; it may hold a password and is never shown.
        file: the ``.env`` that sets it; empty when the environment does.

    """

    variable: str
    value: str
    file: str = ""

    @property
    def shown(self) -> str:
        """The address without user and password.

        Raises:
            WorkshopError: this is no address that the app can use.

        """
        parts = split(self)
        return f"{_host(parts)}:{parts.port or PORTS[self.variable]}{parts.path}"

    @property
    def url(self) -> str:
        """The address in the notation of the app.

        Raises:
            WorkshopError: this is no address that the app can use.

        """
        scheme = split(self).scheme
        _, _, rest = self.value.partition(":")
        return f"{APP_SCHEME.get(scheme, scheme)}:{rest}"

    @property
    def settings(self) -> dict[str, str]:
        """What tells the app where the server is.

        Raises:
            WorkshopError: this is no address that the app can use.

        """
        return {self.variable: self.url}


def given(project: Project, variable: str) -> Address | None:
    """Return the address that a person gave: the environment wins over ``.env``.

    Raises:
        WorkshopError: ``.env`` cannot be read.

    """
    if value := os.environ.get(variable, "").strip():
        return Address(variable, value)
    path, written = read_dotenv(project)
    value = written.get(variable, "")
    return Address(variable, value, path) if value else None


def split(address: Address) -> SplitResult:
    """Take an address apart.

    Raises:
        WorkshopError: this is no address that the app can use.

    """
    from urllib.parse import urlsplit  # noqa: PLC0415 - embedded servers need none of it

    known = SCHEMES[address.variable]
    try:
        parts = urlsplit(address.value)
        _ = parts.port  # a port that is no number shows only here
    except ValueError as error:
        raise _unusable(address, "none") from error
    if parts.scheme not in known or not address.value.startswith(f"{parts.scheme}://"):
        shown = f"{parts.scheme}://" if parts.scheme and "://" in address.value else "none"
        raise _unusable(address, shown)
    return parts


def _unusable(address: Address, scheme: str) -> WorkshopError:
    return WorkshopError(
        "services-address",
        variable=address.variable,
        file=address.file or "environment",
        scheme=scheme,
        known=", ".join(f"{name}://" for name in SCHEMES[address.variable]),
    )


def check(address: Address) -> None:
    """See that the server answers in its protocol.

    Raises:
        WorkshopError: it does not, or the address is none.

    """
    parts = split(address)
    try:
        CHECKS[address.variable](parts)
    except RefusedError as error:
        raise _useless("services-external-refuses", address, error) from error
    except (NoAnswerError, OSError) as error:
        raise _useless("services-external-silent", address, error) from error


def _useless(message: str, address: Address, error: Exception) -> WorkshopError:
    return WorkshopError(
        message,
        variable=address.variable,
        file=address.file or "environment",
        address=address.shown,
        reason=str(error),
    )


def _check_postgres(parts: SplitResult) -> None:
    from urllib.parse import unquote  # noqa: PLC0415 - as above

    host, port = _host(parts), parts.port or PORTS["DATABASE_URL"]
    target: socket.socket | tuple[str, int] = (host, port)
    if host.startswith("/"):
        target = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        target.settimeout(TIMEOUT)
        target.connect(f"{host}/.s.PGSQL.{port}")
    user = unquote(parts.username or "app")
    pgwire.greet(target, user, unquote(parts.path.lstrip("/")) or user)


def _check_redis(parts: SplitResult) -> None:
    from urllib.parse import unquote  # noqa: PLC0415 - as above

    host, port = _host(parts), parts.port or PORTS["REDIS_URL"]
    target = socket.create_connection((host, port), TIMEOUT)
    if parts.scheme == "rediss":
        import ssl  # noqa: PLC0415 - rare

        target = ssl.create_default_context().wrap_socket(target, server_hostname=host)
    names = (parts.username, parts.password) if parts.password else ()
    resp.ping(target, *(unquote(name) for name in names if name))


def _check_smtp(parts: SplitResult) -> None:
    host = _host(parts)
    target = socket.create_connection((host, parts.port or PORTS["SMTP_HOST"]), TIMEOUT)
    if parts.scheme == "smtps":
        import ssl  # noqa: PLC0415 - rare

        # Whether to trust the certificate is the app's business; it has a setting for that.
        context = ssl._create_unverified_context()  # noqa: S323, SLF001 - nothing secret is sent
        target = context.wrap_socket(target, server_hostname=host)
    smtpwire.greet(target)


def _host(parts: SplitResult) -> str:
    """Return the host; PostgreSQL's addresses may have it, or a socket's directory, as query."""
    from urllib.parse import parse_qs  # noqa: PLC0415 - as above

    asked = parse_qs(parts.query).get("host", [""])[0] if parts.scheme.startswith("post") else ""
    return asked or parts.hostname or "localhost"


CHECKS: dict[str, Callable[[SplitResult], None]] = {
    "DATABASE_URL": _check_postgres,
    "REDIS_URL": _check_redis,
    "SMTP_HOST": _check_smtp,
}
