"""``final/``: all layers composed, committed so that people can read and copy it."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from workshop.layers.composition import compose
from workshop.layers.git import Repository, index_modes, is_repository
from workshop.layers.layer import Layer
from workshop.layers.names import is_ignored
from workshop.layers.notes import Note
from workshop.layers.reading import entries_of, read_layers
from workshop.layers.tree import STATE, delete, locked, write_tree
from workshop.project import Project


def write_final(project: Project) -> list[Note]:
    """Write ``final/`` from all layers, and delete every other file there that git would track.

    Returns:
        What was made, changed and deleted.

    Raises:
        WorkshopError: as `read_layers` and `write_tree`.

    """
    from filelock import FileLock  # noqa: PLC0415 - comparing needs no lock

    layers = read_layers(project)
    project.state.mkdir(exist_ok=True)
    # The lock lies outside, because final/.workshop goes when all is written.
    with FileLock(project.state / "final.lock"):
        differences = _differences(project, layers)
        composition = compose(layers)
        with locked(project.final):
            delete(project.final, [path for path in _present(project) if path not in composition])
        write_tree(composition, project.final)
        shutil.rmtree(project.final / STATE)
    done = {
        "final-missing": "final-made",
        "final-changed": "final-rewritten",
        "final-extra": "final-deleted",
    }
    return [Note(done[found.message_id], found.arguments, trouble=False) for found in differences]


def compare_final(project: Project) -> list[Note]:
    """Find what differs between ``final/`` and the layers; empty when nothing does.

    Raises:
        WorkshopError: as `read_layers`.

    """
    return _differences(project, read_layers(project))


def _differences(project: Project, layers: Sequence[Layer]) -> list[Note]:
    composition = compose(layers)
    present = _present(project)
    notes = []
    for path in sorted({*composition, *present}):
        shown = f"{project.final.name}/{path}"
        if path not in present:
            origin = composition[path].owner.shown(path)
            notes.append(Note("final-missing", {"file": shown, "origin": origin}))
        elif path not in composition:
            notes.append(Note("final-extra", {"file": shown, "path": path}))
        elif present[path] != (composition[path].content, composition[path].executable):
            origin = composition[path].owner.shown(path)
            notes.append(Note("final-changed", {"file": shown, "origin": origin}))
    return notes


def _present(project: Project) -> dict[str, tuple[bytes, bool] | None]:
    """Read ``final/`` without what git ignores; a link is None, equal to no file."""
    modes = index_modes(project.final) if os.name == "nt" and project.final.is_dir() else {}
    present: dict[str, tuple[bytes, bool] | None] = {}
    for path in _paths(project):
        place = project.final / path
        if place.is_symlink():
            present[path] = None
        elif place.is_file():
            executable = bool(place.stat().st_mode & stat.S_IXUSR)
            present[path] = (place.read_bytes(), modes.get(path, executable))
    return present


def _paths(project: Project) -> list[str]:
    if not project.final.is_dir():
        return []
    if not is_repository(project.final):
        return sorted(_walk(project.final, ""))
    listed = Repository(project.final).entries(
        "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "."
    )
    return sorted(set(listed))


def _walk(folder: Path, prefix: str) -> Iterator[str]:
    """Without git, what the tool itself knows as leftovers is ignored."""
    for entry in entries_of(str(folder)):
        if is_ignored(entry.name) or entry.name == STATE:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}"
