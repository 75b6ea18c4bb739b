"""Where the learner's app is, and what the tool remembers about it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.layers.tree import write_file
from workshop.project import Project

STATE = ".workshop"
"""Inside the workspace: the saved states, the progress. It survives ``rm -rf .git``, as well as
the deletion of the checkout's own ``.workshop``, and ``git clean -fdx`` spares it as a repository.
"""

PATIENCE = 60.0
"""Seconds to wait for another command that changes the workspace."""


@dataclass(frozen=True)
class State:
    """What the tool laid into the workspace last."""

    step: int = 0
    """The step that the learner works on; 0 before the first start."""
    course: str = ""
    """Digest of what the course gave for this step then: tells when the course has moved on."""
    laid: str = ""
    """Commit, in the saved states, of the starting point that was laid."""
    solved: str = ""
    """Commit of the end of that step as the course had it then."""
    after_last: bool = False
    """Whether it is the end of that step, the last one, for what comes after it."""
    pending: int = 0
    """Number of a change that has begun and not ended; 0 when all is well."""


@dataclass(frozen=True)
class Workspace:
    """The learner's app, ``workspace/`` in the checkout."""

    project: Project

    @property
    def root(self) -> Path:
        """The app's own root."""
        return self.project.workspace

    @property
    def state_folder(self) -> Path:
        """Where the tool keeps what it knows about this workspace."""
        return self.root / STATE

    def read_state(self) -> State:
        """Return what was laid last; nothing of value is lost when the file cannot be read."""
        try:
            known = json.loads((self.state_folder / "state.json").read_text(encoding="utf-8"))
            return State(**known)
        except (OSError, ValueError, TypeError):
            return State()

    def write_state(self, state: State) -> None:
        """Remember, whole or not at all."""
        content = json.dumps(asdict(state), indent=1).encode()
        write_file(self.state_folder / "state.json", content, self.state_folder)

    def mark(self, pending: int) -> None:
        """Remember that a change has begun (its number), or ended (0)."""
        self.write_state(replace(self.read_state(), pending=pending))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one command at a time change the workspace.

        Raises:
            WorkshopError: another command has held on to it for a minute, or the place cannot be
                written to.

        """
        from filelock import FileLock, Timeout  # noqa: PLC0415 - reading needs no lock

        make_state_folder(self)
        try:
            with FileLock(self.state_folder / "lock", timeout=PATIENCE):
                for abandoned in self.state_folder.glob("*.new"):
                    abandoned.unlink(missing_ok=True)
                yield
        except Timeout as error:
            raise WorkshopError("workspace-busy", exit_code=3) from error


def make_state_folder(workspace: Workspace) -> None:
    """Make the tool's folder inside the workspace.

    Raises:
        WorkshopError: something else stands in its place, or nothing can be written there.

    """
    folder = workspace.state_folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / ".gitignore").is_file():
            (folder / ".gitignore").write_bytes(b"*\n")
    except OSError as error:
        shown = workspace.project.relative(folder)
        reason = error.strerror or str(error)
        raise WorkshopError("workspace-closed", exit_code=3, path=shown, reason=reason) from error


def open_workspace(project: Project) -> Workspace:
    """Open the workspace that a ``start`` has made.

    Raises:
        WorkshopError: there is none yet, or it is unknown which step it holds.

    """
    workspace = Workspace(project)
    if workspace.read_state().step:
        return workspace
    if workspace.root.is_dir() and any(workspace.root.iterdir()):
        raise WorkshopError("workspace-unknown-step", folder=project.relative(workspace.root))
    raise WorkshopError("workspace-none", folder=project.relative(workspace.root))
