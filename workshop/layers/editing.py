"""Working on a composed tree, and saving it back into the layers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.layers.absorption import Changes, absorb, changes_between
from workshop.layers.checks import check
from workshop.layers.composition import Composition, compose
from workshop.layers.git import Repository, open_repository
from workshop.layers.layer import Layer, LayerFile
from workshop.layers.notes import Note
from workshop.layers.snapshots import Snapshot, read_commit, read_worktree, write_chain
from workshop.layers.storing import changed_files, store
from workshop.layers.tree import write_tree
from workshop.project import Project

_BASE = "refs/workshop/base"
"""What the tree was made from, whatever the author commits in it."""


def edit_folder(project: Project, layer: Layer) -> Path:
    """Return where the composed tree of a step is edited."""
    return project.state / "edit" / f"{layer.number:02}"


def open_edit(
    project: Project, layers: Sequence[Layer], layer: Layer, *, discard: bool = False
) -> Path:
    """Write the end of a step into ``.workshop/edit/NN``, a git repository of its own.

    Raises:
        WorkshopError: edits there are not saved yet and ``discard`` is false; git is missing.

    """
    folder = edit_folder(project, layer)
    composition = compose(layers[: layer.number])
    if folder.exists():
        if not discard and _unsaved(folder) != {}:
            raise WorkshopError("edit-unsaved", folder=project.relative(folder), step=layer.name)
        if discard:
            shutil.rmtree(folder)
    if folder.exists():
        _fill(folder, composition, layer)
        return folder
    # Filled elsewhere and moved: a killed run leaves nothing that looks like somebody's edits.
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    _start_repository(fresh)
    _fill(fresh, composition, layer)
    fresh.rename(folder)
    return folder


def save_edit(project: Project, layers: Sequence[Layer], layer: Layer) -> list[Note]:
    """Write the edits of a step's tree back into the layers that own the files.

    Returns:
        Which files of the layers changed, and what has to be mended after it.

    Raises:
        WorkshopError: nothing is open; an edited file has changed in the layers meanwhile; a file
            that no layer may hold.

    """
    folder = edit_folder(project, layer)
    if not folder.exists():
        raise WorkshopError("edit-not-open", step=layer.name, number=f"{layer.number:02}")
    repository = _repository(folder)
    base, edited = read_commit(repository, _BASE), read_worktree(repository)
    changes = changes_between(base, edited)
    current = compose(layers[: layer.number])
    _refuse_moved(project, layer, current, base, edited)
    after = absorb(layers, layer.number, changes)
    saved = compose(after[: layer.number])
    _refuse_inexact(saved.files, current.files, changes)
    changed = changed_files(layers, after)
    known = check(layers)
    store(project, layers, after)
    _fill(folder, saved, layer)
    notes = [Note("edit-saved", {"file": file}, trouble=False) for file in changed]
    return notes + [found for found in check(after) if found not in known]


def _repository(folder: Path) -> Repository:
    repository = open_repository(folder)
    if repository.resolve(_BASE) is None:
        raise WorkshopError("edit-broken", folder=str(folder), number=folder.name)
    return repository


def _unsaved(folder: Path) -> dict[str, LayerFile | None]:
    repository = _repository(folder)
    return changes_between(read_commit(repository, _BASE), read_worktree(repository))


def _start_repository(folder: Path) -> None:
    repository = Repository(folder)
    repository.run("init", "--quiet", "--template=", ".")
    repository.run("symbolic-ref", "HEAD", "refs/heads/edit")
    # Line ends are the layers' own: LF on every system.
    repository.run("config", "core.autocrlf", "false")
    if os.name == "nt":
        repository.run("config", "core.fileMode", "false")


def _fill(folder: Path, composition: Composition, layer: Layer) -> None:
    repository = Repository(folder)
    snapshot = Snapshot(composition.files, f"{layer.name}\n", layer.number)
    head = repository.resolve("HEAD")
    (commit,) = write_chain(repository, [snapshot], head)
    # Afterwards, so that a killed run cannot make edits look saved.
    write_tree(composition, folder)
    repository.run("update-ref", _BASE, commit)
    repository.run("update-ref", "HEAD", commit)
    repository.run("read-tree", commit)


def _refuse_inexact(
    saved: Mapping[str, LayerFile], current: Mapping[str, LayerFile], changes: Changes
) -> None:
    """Write nothing rather than something else than the author wrote."""
    wanted = {**current, **{path: file for path, file in changes.items() if file is not None}}
    for path in [path for path, file in changes.items() if file is None]:
        wanted.pop(path, None)
    differing = ", ".join(changes_between(wanted, saved))
    if differing:
        raise WorkshopError("edit-inexact", paths=differing)


def _refuse_moved(
    project: Project,
    layer: Layer,
    current: Composition,
    base: dict[str, LayerFile],
    edited: dict[str, LayerFile],
) -> None:
    now = current.files
    for path in changes_between(base, edited):
        if now.get(path) not in (base.get(path), edited.get(path)):
            raise WorkshopError(
                "edit-layers-moved",
                path=path,
                step=layer.name,
                folder=project.relative(edit_folder(project, layer)),
                number=f"{layer.number:02}",
            )
