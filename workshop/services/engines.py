"""The services there are."""

from __future__ import annotations

import signal
from typing import Protocol

from workshop.project import Project
from workshop.services.external import Address
from workshop.services.place import Place
from workshop.services.postgres import Postgres
from workshop.services.record import Record
from workshop.services.redis import Redis
from workshop.services.smtp import Smtp


class Engine(Protocol):
    """What the life cycle needs to know of a kind of server.

    Attributes:
        name: how the tool calls it.
        title: how people call it.
        variable: the app's setting that holds its address, or the first part of it.
        programs: names of its processes.
        gentle: the signal that makes it end in good order.
        has_page: whether it shows something in a browser, on a port of its own.

    """

    name: str
    title: str
    variable: str
    programs: tuple[str, ...]
    gentle: signal.Signals
    has_page: bool

    def given(self, project: Project) -> Address | None:
        """Return the address that a person gave, or nothing."""

    def settings(self, record: Record) -> dict[str, str]:
        """Return what tells the app where the server is."""

    def shown(self, record: Record) -> str:
        """Return the address without user and password."""

    def check(self, record: Record) -> None:
        """Raise a `NoAnswerError` unless the server answers as the app needs it."""

    def inherit(self, place: Place, known: Record | None) -> None:
        """Look at data that was found, perhaps copied here from another checkout while in use."""

    def prepare(self, place: Place, record: Record) -> None:
        """Make ready for `launch` everything on disk."""

    def launch(self, place: Place, record: Record) -> int:
        """Start the server on the record's port; return its process id."""

    def settle(self, record: Record) -> None:
        """Bring a server that has just started to where `check` succeeds, or raise the reason."""


ENGINES: dict[str, Engine] = {"postgres": Postgres(), "redis": Redis(), "smtp": Smtp()}
