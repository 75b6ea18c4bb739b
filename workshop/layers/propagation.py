"""Carrying a change in a lower layer up into the files that replace it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workshop.layers import revising
from workshop.layers.bases import (
    conflicts,
    find_base,
    record_conflict,
    remember,
    settle_conflict,
)
from workshop.layers.checks import finding, has_conflict
from workshop.layers.composition import ComposedFile, lay
from workshop.layers.git import Repository
from workshop.layers.layer import Layer, LayerFile, digest
from workshop.layers.notes import Note
from workshop.layers.storing import store
from workshop.project import Project


def propagate(project: Project, layers: Sequence[Layer], only: Layer | None = None) -> list[Note]:
    """Merge what changed below into each stale replacement, lowest layer first, and re-pin it.

    A merge is git's three-way merge: what the replacement was written against, what lies below
    now, and the replacement. On a conflict the markers stay in the layer's file, which is not
    re-pinned; calling this again after they are resolved finishes the work.

    Args:
        project: the checkout.
        layers: all its layers.
        only: the one layer to treat; by default all of them.

    Returns:
        What happened to each stale file; a conflict is a trouble.

    Raises:
        WorkshopError: git is missing.

    """
    notes: list[Note] = []
    below: dict[str, ComposedFile] = {}
    for layer in layers:
        merged = layer
        if only is None or only.number == layer.number:
            for path in sorted(set(layer.replaces) & set(layer.files) & set(below)):
                merged, told = _carry(project, merged, path, below[path])
                notes += told
        below = lay(below, merged)
    return notes


@dataclass(frozen=True)
class _Merge:
    content: bytes
    clean: bool


def _carry(
    project: Project, layer: Layer, path: str, below: ComposedFile
) -> tuple[Layer, list[Note]]:
    """Bring one replacement up to what lies below now; gives the layer as it is after that."""
    if layer.replaces[path] == below.digest or has_conflict(below.content):
        return layer, []
    if has_conflict(layer.files[path].content):
        return layer, [finding("propagate-conflict-left", layer, path)]
    pinned = _written_against(project, layer, path)
    if pinned == below.digest:
        return _repin(project, layer, path, below, "propagate-resolved")
    base = find_base(project, path, pinned)
    if base is None:
        return layer, [finding("propagate-base-lost", layer, path)]
    return _merge_in(project, layer, path, base, below)


def _merge_in(
    project: Project, layer: Layer, path: str, base: bytes, below: ComposedFile
) -> tuple[Layer, list[Note]]:
    file, shown = layer.files[path], layer.shown(path)
    merge = _merge(shown, file.content, base, below)
    if merge is None:
        return layer, [finding("propagate-binary", layer, path)]
    merged = revising.put(layer, path, replace(file, content=merge.content))
    if merge.clean and merged.files[path] == LayerFile(below.content, below.executable):
        return _release(project, layer, path)
    if merge.clean:
        store(project, [layer], [merged])
        return _repin(project, merged, path, below, "propagate-merged")
    remember(project, below.content)
    record_conflict(project, shown, merged=below.digest, before=digest(file.content))
    store(project, [layer], [merged])
    return merged, [finding("propagate-conflict", layer, path)]


def _written_against(project: Project, layer: Layer, path: str) -> str:
    """Return the digest of what the file was last merged with, pinned or not yet."""
    conflict = conflicts(project).get(layer.shown(path))
    if conflict and conflict["before"] != digest(layer.files[path].content):
        return conflict["merged"]
    # No conflict, or the file was put back to what it was before the merge.
    return layer.replaces[path]


def _repin(
    project: Project, layer: Layer, path: str, below: ComposedFile, message: str
) -> tuple[Layer, list[Note]]:
    pinned = revising.declare_replacement(layer, path, below.digest)
    store(project, [layer], [pinned])
    remember(project, below.content)
    settle_conflict(project, layer.shown(path))
    return pinned, [replace(finding(message, layer, path), trouble=False)]


def _release(project: Project, layer: Layer, path: str) -> tuple[Layer, list[Note]]:
    released = revising.drop(layer, path)
    store(project, [layer], [released])
    settle_conflict(project, layer.shown(path))
    return released, [replace(finding("propagate-released", layer, path), trouble=False)]


def _merge(shown: str, content: bytes, base: bytes, below: ComposedFile) -> _Merge | None:
    """Merge with git; None when the files are not text."""
    with tempfile.TemporaryDirectory() as folder:
        for name, side in (("ours", content), ("base", base), ("theirs", below.content)):
            (Path(folder) / name).write_bytes(side)
        labels = (shown, "what it was written against", below.owner.shown(below.path))
        code, merged, _ = Repository(Path(folder)).attempt(
            *("merge-file", "-p", "--diff3"),
            *(part for label in labels for part in ("-L", label)),
            *("ours", "base", "theirs"),
        )
    # The exit code counts the conflicts, up to 127; above it is an error.
    return None if code < 0 or code > 127 else _Merge(merged, clean=code == 0)  # noqa: PLR2004 - git's own limit
