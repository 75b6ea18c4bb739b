"""The files of the workspace, byte for byte."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.layers import LayerFile
from workshop.layers.git import Repository
from workshop.layers.names import printable
from workshop.workspace.place import STATE, Workspace


@dataclass(frozen=True)
class Entry:
    """A file or a symbolic link; the content of a link is where it points."""

    content: bytes
    executable: bool = False
    link: bool = False

    @property
    def mode(self) -> str:
        """Git's mode."""
        if self.link:
            return "120000"
        return "100755" if self.executable else "100644"


Files = Mapping[str, Entry]
"""Path -> file. Paths are those of the app, with ``/``; odd bytes as Python's surrogates."""

OURS = frozenset({".git", STATE})
"""What is never a part of the app."""


def from_layer_files(files: Mapping[str, LayerFile]) -> dict[str, Entry]:
    """Take a composed tree as files of a workspace."""
    return {path: Entry(file.content, file.executable) for path, file in files.items()}


def read_files(workspace: Workspace, also: Iterable[str] = ()) -> dict[str, Entry]:
    """Read every file that is not ignored, and of the ignored ones those in ``also``.

    Whatever the tool is about to write is in ``also``: a ``.gitignore`` cannot hide a file from
    being saved.

    Raises:
        WorkshopError: a file cannot be read, so it could not be saved; git is missing.

    """
    paths = {*_listed(workspace), *also}
    found: dict[str, Entry] = {}
    for path in sorted(paths):
        if path.split("/", 1)[0] in OURS:
            continue
        entry = read_entry(workspace.root, path)
        if entry is not None:
            found[path] = entry
    return found


def read_entry(root: Path, path: str) -> Entry | None:
    """Read one file without following links; None when there is no such file.

    Raises:
        WorkshopError: it is there and cannot be read.

    """
    place = root / path
    if _behind_link(root, path):
        return None
    try:
        status = os.lstat(place)
        if stat.S_ISLNK(status.st_mode):
            return Entry(os.fsencode(os.readlink(place)), link=True)  # noqa: PTH115 - bytes, as git has them
        if not stat.S_ISREG(status.st_mode):
            return None
        executable = bool(status.st_mode & stat.S_IXUSR) and os.name != "nt"
        return Entry(place.read_bytes(), executable)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        reason = error.strerror or str(error)
        raise WorkshopError(
            "workspace-unreadable", exit_code=3, path=printable(path), reason=reason
        ) from error


def _behind_link(root: Path, path: str) -> bool:
    parts = path.split("/")[:-1]
    return any((root / "/".join(parts[:end])).is_symlink() for end in range(1, len(parts) + 1))


def _listed(workspace: Workspace) -> list[str]:
    if not workspace.root.is_dir():
        return []
    # An index that is not there: every file is an "other" one, whatever the learner's own git says.
    settings = {
        "GIT_DIR": str(workspace.state_folder / ".git"),
        "GIT_WORK_TREE": str(workspace.root),
        "GIT_INDEX_FILE": str(workspace.state_folder / "no-index"),
    }
    listed = Repository(workspace.root, settings).entries(
        *("-c", "core.excludesFile="), "ls-files", "-z", "--others", "--exclude-standard"
    )
    return [path for path in listed if not path.endswith("/")]
