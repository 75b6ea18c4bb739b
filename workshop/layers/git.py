"""Git, called as a program: nothing here touches a work tree unless its name says so."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workshop.errors import WorkshopError


@dataclass(frozen=True)
class Repository:
    """A directory inside a git repository."""

    root: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        """Run a git command; ``given`` is its standard input.

        Raises:
            WorkshopError: git is missing, or the command failed.

        """
        code, output, complaint = self.attempt(*arguments, given=given)
        if code:
            raise WorkshopError(
                "git-failed",
                exit_code=3,
                command=" ".join(("git", *arguments)),
                folder=str(self.root),
                complaint=complaint.strip() or f"exit code {code}",
            )
        return output

    def attempt(self, *arguments: str, given: bytes = b"") -> tuple[int, bytes, str]:
        """Run a git command that may fail; gives exit code, output and complaint.

        Raises:
            WorkshopError: git is missing.

        """
        try:
            done = subprocess.run(
                ("git", *SETTINGS, *arguments),
                cwd=self.root,
                input=given,
                capture_output=True,
                env=_environment() | dict(self.environment),
                check=False,
            )
        except FileNotFoundError as error:
            raise WorkshopError("git-missing", exit_code=3) from error
        return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")

    def lines(self, *arguments: str, given: bytes = b"") -> list[str]:
        """Run a git command and return its output by lines."""
        return self.run(*arguments, given=given).decode("utf-8", "surrogateescape").splitlines()

    def entries(self, *arguments: str, given: bytes = b"") -> list[str]:
        """Run a git command with ``-z`` output and return its entries."""
        output = self.run(*arguments, given=given).decode("utf-8", "surrogateescape")
        return [entry for entry in output.split("\0") if entry]

    def resolve(self, name: str) -> str | None:
        """Return the full hash of a commit, or None when there is no such name."""
        code, output, _ = self.attempt("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        return None if code else output.decode().strip()


SETTINGS = (
    # A person's own settings must not change bytes, paths or hashes.
    *("-c", "core.autocrlf=false"),
    *("-c", "core.safecrlf=false"),
    *("-c", "core.quotePath=false"),
    *("-c", "core.precomposeUnicode=true"),
    *("-c", "i18n.commitEncoding=UTF-8"),
    *("-c", "log.showSignature=false"),
)


def open_repository(root: Path) -> Repository:
    """Open the repository whose top is ``root``.

    Raises:
        WorkshopError: git is missing, or ``root`` is not the top of a repository.

    """
    repository = Repository(root)
    code, output, _ = repository.attempt("rev-parse", "--show-toplevel")
    top = Path(output.decode("utf-8", "surrogateescape").rstrip("\r\n"))
    if code or not top.samefile(root):
        raise WorkshopError("git-no-repository", exit_code=3, folder=str(root))
    return repository


def is_repository(folder: Path) -> bool:
    """Whether a directory lies in a repository, and git is there to say so."""
    try:
        return Repository(folder).attempt("rev-parse", "--git-dir")[0] == 0
    except WorkshopError:
        return False


def index_modes(folder: Path) -> dict[str, bool]:
    """Return for each file below ``folder`` that git knows whether it is executable there."""
    try:
        code, output, _ = Repository(folder).attempt("ls-files", "--stage", "-z", ".")
    except WorkshopError:
        return {}
    entries = [] if code else output.decode("utf-8", "surrogateescape").split("\0")
    found = (entry.partition("\t") for entry in entries if entry)
    return {path: head.startswith("100755") for head, _, path in found}


def _environment() -> dict[str, str]:
    # Inside a git hook these name another repository or index than the one that is meant.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
