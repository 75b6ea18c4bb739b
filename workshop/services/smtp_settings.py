"""A mail server that somebody else runs: what the app reads as several settings, as one address."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from workshop.errors import WorkshopError
from workshop.project import Project
from workshop.services.dotfile import read_dotenv
from workshop.services.external import PORTS, Address

VARIABLE = "SMTP_HOST"
NAMES = (VARIABLE, "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_TLS")
SCHEMES = {"starttls": "smtp+starttls", "tls": "smtps"}


@dataclass(frozen=True)
class MailAddress(Address):
    """The address of a mail server, put together from the app's settings."""

    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, str]:
        """What the person gave, as the app reads it."""
        return dict(self.given)


def given_mail(project: Project) -> Address | None:
    """Return the mail server that a person named: the environment wins over ``.env``.

    Raises:
        WorkshopError: ``.env`` cannot be read, or the port is no number.

    """
    path, written = read_dotenv(project)
    asked = {name: value for name in NAMES if (value := os.environ.get(name, "").strip())}
    given = {name: value for name in NAMES if (value := written.get(name, ""))} | asked
    if VARIABLE not in given:
        return None
    file = "" if VARIABLE in asked else path
    return MailAddress(VARIABLE, _as_url(given, file), file, given)


def _as_url(given: Mapping[str, str], file: str) -> str:
    port = given.get("SMTP_PORT", str(PORTS[VARIABLE]))
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
        raise WorkshopError("services-smtp-port", port=port, file=file or "environment")
    host = given[VARIABLE]
    host = f"[{host}]" if ":" in host else host
    login = ":".join(quote(given.get(name, ""), safe="") for name in ("SMTP_USER", "SMTP_PASSWORD"))
    scheme = SCHEMES.get(given.get("SMTP_TLS", ""), "smtp")
    return f"{scheme}://{login}@{host}:{port}"
