"""Under which account PostgreSQL runs: it refuses to run as root."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workshop.errors import WorkshopError

CANDIDATES = ("postgres", "nobody", "daemon")


@dataclass(frozen=True)
class Account:
    """A user of the system who is not root, borrowed to run a server."""

    name: str
    uid: int
    gid: int

    def own(self, path: Path) -> None:
        """Give a file or directory to this account."""
        if sys.platform != "win32":
            os.chown(path, self.uid, self.gid)

    def own_all(self, directory: Path) -> None:
        """Give a directory and everything below it to this account."""
        for parent, directories, files in os.walk(directory):
            for name in (".", *directories, *files):
                self.own(Path(parent) / name)


def borrowed_account() -> Account | None:
    """Return the account to run PostgreSQL under when we are root, else nothing.

    No account is made for it: the workshop does not change the machine.

    Raises:
        WorkshopError: we are root and the system knows none of the usual accounts.

    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd  # noqa: PLC0415 - not on Windows

    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise WorkshopError("services-no-account", exit_code=3, names=", ".join(CANDIDATES))


def under(
    account: Account | None, command: Sequence[str], *needed: Path
) -> tuple[list[str], dict[str, Any]]:
    """Return the command and the `subprocess.Popen` options that run it under an account.

    Where the account cannot enter a directory on the way (a checkout or an environment below
    /root, say), it gets root's right to pass directories along, and no other.

    Args:
        account: nothing to run as who we are.
        command: the program, an absolute path, and its arguments.
        needed: further paths that it must reach.

    Raises:
        WorkshopError: a directory is closed, and the system cannot hand that right on.

    """
    if account is None:
        return list(command), {}
    closed = next(filter(None, (_closed(path) for path in (Path(command[0]), *needed))), None)
    if closed is None:
        return list(command), {"user": account.uid, "group": account.gid, "extra_groups": []}
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise WorkshopError(
            "services-closed-directory", exit_code=3, path=str(closed), account=account.name
        )
    rights = "-all,+dac_override"
    prefix = [
        *(setpriv, "--reuid", str(account.uid), "--regid", str(account.gid), "--clear-groups"),
        # Without this bit access(2), which PostgreSQL asks about its own programs, ignores rights.
        *("--securebits", "+no_setuid_fixup"),
        *("--inh-caps", rights, "--ambient-caps", rights, "--"),
    ]
    return [*prefix, *command], {}


def _closed(path: Path) -> Path | None:
    """Return the first directory on the way to ``path`` that others may not pass."""
    for parent in reversed(path.resolve().parents):
        if not parent.stat().st_mode & stat.S_IXOTH:
            return parent
    return None
