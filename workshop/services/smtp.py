"""Mail: an inbox of our own, which keeps what the app sends and shows it in a browser."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.project import Project
from workshop.services import smtpwire
from workshop.services.external import Address
from workshop.services.place import Place
from workshop.services.record import Record
from workshop.services.smtp_settings import VARIABLE, given_mail

USER = "app"
START = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
    "runpy.run_module(sys.argv.pop(1), run_name='__main__')"
)
"""The inbox runs elsewhere, and the tool is not always installed."""


class Smtp:
    """How to make, start and ask an inbox."""

    name = "smtp"
    title = "SMTP"
    variable = VARIABLE
    # What a Python calls itself; only those that work in the inbox's directory are meant.
    programs: tuple[str, ...] = (
        *("python", "python3", "pythonw", Path(sys.executable).name),
        *(f"python3.{minor}" for minor in range(11, 16)),
    )
    gentle: signal.Signals = signal.SIGTERM
    has_page = True

    def given(self, project: Project) -> Address | None:
        """Return the mail server that a person named, or nothing."""
        return given_mail(project)

    def settings(self, record: Record) -> dict[str, str]:
        """Return what tells the app where the inbox is."""
        return {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(record.port),
            "SMTP_TLS": "none",
            "SMTP_USER": USER,
            "SMTP_PASSWORD": record.password,
        }

    def shown(self, record: Record) -> str:
        """Return the address without user and password."""
        return f"127.0.0.1:{record.port}"

    def check(self, record: Record) -> None:
        """Log in.

        Raises:
            NoAnswerError: one of `workshop.services.errors`.

        """
        smtpwire.greet(("127.0.0.1", record.port), USER, record.password)

    def inherit(self, place: Place, known: Record | None) -> None:
        """Keep any messages that were found: each is a file of its own."""

    def prepare(self, place: Place, record: Record) -> None:  # noqa: ARG002 - the protocol's
        """Make the directory of the messages.

        Raises:
            WorkshopError: the package that speaks SMTP is not installed.

        """
        import importlib.util  # noqa: PLC0415 - cold path

        if importlib.util.find_spec("aiosmtpd") is None:
            raise WorkshopError("services-no-program", exit_code=3, service="aiosmtpd")
        place.data.mkdir(mode=0o700, exist_ok=True)

    def launch(self, place: Place, record: Record) -> int:  # noqa: ARG002 - the protocol's
        """Start the inbox; return its process id. It is not ready yet."""
        from workshop.services.processes import spawn  # noqa: PLC0415 - cold path

        root = str(Path(__file__).parents[2])
        command = [sys.executable, "-c", START, root, "workshop.services.inbox.serving"]
        # The password stands in the record, which only its owner may read.
        command.append(str(place.record.resolve()))
        return spawn(command, cwd=place.data, log=place.log, options={}).pid

    def settle(self, record: Record) -> None:
        """Do nothing: the inbox is ready when it answers."""
