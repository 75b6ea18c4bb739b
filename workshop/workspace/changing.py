"""Every change that the tool makes to the workspace: save, tell, write."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Protocol

from workshop.errors import WorkshopError
from workshop.layers.git import Repository
from workshop.workspace.files import Entry, Files, read_files
from workshop.workspace.history import Change, History
from workshop.workspace.laying import ChangedMeanwhileError, lay
from workshop.workspace.place import STATE, State, Workspace

TRIES = 5
"""How often to save again when an editor writes files while we do."""


class Teller(Protocol):
    """Who tells the learner what happens, as it happens."""

    def saved(self, change: Change) -> None:
        """Say that the state before a change is safe, and how to get it back."""

    def interrupted(self, number: int) -> None:
        """Say that an earlier command was killed in the middle of its change."""


@dataclass(frozen=True)
class Changed:
    """What a change did."""

    change: Change | None
    """What was there before; None when there was nothing."""
    paths: tuple[str, ...]
    """The files that differ now."""


def change(  # noqa: PLR0913 - each is explained below
    workspace: Workspace,
    command: str,
    make: Callable[[Files], Files],
    state: Callable[[History], State],
    *,
    also: Collection[str],
    teller: Teller,
) -> Changed:
    """Save everything, say so, and make the workspace what it is to be.

    Args:
        workspace: the learner's app.
        command: what the learner asked for, without ``workshop``.
        make: from the files that are there to those that are to be.
        state: what to remember once they are.
        also: paths that may be written; they are saved even where git ignores them.
        teller: hears what happens.

    Raises:
        WorkshopError: it cannot be saved, then nothing was changed; or a file is in the way.

    """
    with workspace.locked():
        history = History(workspace)
        before = workspace.read_state()
        if before.pending:
            teller.interrupted(before.pending)
        settled = replace(before, pending=0)
        first: Change | None = None
        changed: list[str] = []
        for attempt in range(TRIES):
            files = read_files(workspace, also)
            made: Change | None = None
            if files or before.step:
                made = history.save(files, command, settled)
                teller.saved(made)
                workspace.write_state(replace(settled, pending=made.number))
            first = first or made
            try:
                changed += lay(workspace, files, make(files))
            except ChangedMeanwhileError as error:
                if attempt == TRIES - 1:
                    raise WorkshopError("workspace-restless", path=str(error)) from error
            else:
                break
        after = state(history)
        workspace.write_state(replace(after, pending=0))
        return Changed(first, tuple(dict.fromkeys(changed)))


def undo(workspace: Workspace, number: int | None, teller: Teller) -> tuple[Change, Changed]:
    """Bring back what was there before a change, to the last byte; that is a change itself.

    Returns:
        The change that was taken back, and what doing so did.

    Raises:
        WorkshopError: there is no such change.

    """
    with workspace.locked():
        history = History(workspace)
        found = history.find(number)
        wanted = history.read(found.commit)
    changed = change(
        workspace,
        f"undo {found.number}",
        lambda _files: wanted,
        lambda _history: found.state,
        also=wanted,
        teller=teller,
    )
    return found, changed


def keep_own(files: Files, wanted: Files, course: Collection[str]) -> dict[str, Entry]:
    """Add to a tree of the course what the learner has beside it: notes, scripts, settings.

    Inside the course's own top folders (``app``, ``tests``, ``migrations``) nothing is added: it
    would be imported, collected or run.

    Args:
        files: what is there.
        wanted: what is to be.
        course: every path that the course has ever laid here.

    """
    tops = {path.split("/", 1)[0] for path in (*wanted, *course)}
    own = {path: entry for path, entry in files.items() if path.split("/", 1)[0] not in tops}
    return {**own, **wanted}


def ensure_repository(workspace: Workspace, message: str) -> bool:
    """Make the workspace a git repository of the learner's own where it is none.

    The tool never changes anything in it again: no branch, no index, no settings.

    Returns:
        Whether it was made now.

    """
    git = workspace.root / ".git"
    if not (git.exists() or git.is_symlink()):
        own = Repository(workspace.root, {"GIT_DIR": str(git), "GIT_WORK_TREE": "."})
        own.run("-c", "init.defaultBranch=main", "init", "--quiet")
        _exclude_state(workspace)
        own.run("add", "--all", ".")
        own.run(
            *("-c", "user.name=Workshop", "-c", "user.email=workshop@localhost"),
            *("-c", "commit.gpgSign=false", "-c", "core.hooksPath="),
            *("commit", "--quiet", "--no-verify", "--allow-empty", "--message", message),
        )
        return True
    _exclude_state(workspace)
    return False


def _exclude_state(workspace: Workspace) -> None:
    """Keep the learner's git from taking the tool's folder for a part of the app."""
    exclude = workspace.root / ".git" / "info" / "exclude"
    if not (workspace.root / ".git").is_dir():
        return
    line = f"/{STATE}/"
    try:
        known = exclude.read_text(encoding="utf-8") if exclude.is_file() else ""
        if line not in known.splitlines():
            exclude.parent.mkdir(exist_ok=True)
            exclude.write_text(f"{known}{line}\n", encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
