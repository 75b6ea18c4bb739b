"""Making the workspace equal to a tree, without writing over what has not been saved."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.layers.names import is_cache, printable
from workshop.layers.tree import delete, make_directory, set_executable, write_file
from workshop.workspace.files import Entry, Files, read_entry
from workshop.workspace.place import Workspace


class ChangedMeanwhileError(Exception):
    """A file is not what was saved a moment ago: somebody's editor has written it."""


def lay(workspace: Workspace, saved: Files, wanted: Files) -> list[str]:
    """Change the files of the workspace from what was saved to what is wanted.

    A file that is the same is not touched. Every other one is compared with what was saved right
    before it is written.

    Returns:
        The paths that changed.

    Raises:
        ChangedMeanwhileError: a file differs from what was saved; what is laid so far stays.
        WorkshopError: something that is no file of the app stands in the way.

    """
    gone = [path for path in saved if path not in wanted]
    changed = [path for path, entry in wanted.items() if saved.get(path) != entry]
    for path in gone:
        _require_saved(workspace, saved, path)
        delete(workspace.root, [path])
        _delete_link(workspace.root, path)
    settled: set[str] = set()
    for path in changed:
        _require_saved(workspace, saved, path)
        _make_room(workspace.root, path)
        make_directory(workspace.root, path.rpartition("/")[0], settled)
        _write(workspace, path, wanted[path])
    return sorted({*gone, *changed})


def _require_saved(workspace: Workspace, saved: Files, path: str) -> None:
    if read_entry(workspace.root, path) != saved.get(path):
        raise ChangedMeanwhileError(path)


def _delete_link(root: Path, path: str) -> None:
    # `delete` leaves a link to a directory alone.
    if (root / path).is_symlink():
        (root / path).unlink()


def _make_room(root: Path, path: str) -> None:
    """Clear a directory of caches where a file must be."""
    place = root / path
    if not place.is_dir() or place.is_symlink():
        return
    left = [found for found in place.rglob("*") if not _worthless(found, place)]
    if left:
        raise WorkshopError("workspace-directory-in-the-way", path=printable(path))
    shutil.rmtree(place)


def _worthless(found: Path, top: Path) -> bool:
    parts = found.relative_to(top).parts
    return any(is_cache(part) for part in parts) or (found.is_dir() and not found.is_symlink())


def _write(workspace: Workspace, path: str, entry: Entry) -> None:
    place = workspace.root / path
    if entry.link:
        if os.path.lexists(place):
            place.unlink()
        place.symlink_to(os.fsdecode(entry.content))
        return
    write_file(place, entry.content, workspace.state_folder)
    set_executable(place, executable=entry.executable)
