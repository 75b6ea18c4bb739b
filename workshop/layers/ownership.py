"""Taking a lower file over, and making what a layer declares true again."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.errors import WorkshopError
from workshop.layers import revising
from workshop.layers.asking import near
from workshop.layers.bases import remember, settle_conflict
from workshop.layers.checks import has_conflict
from workshop.layers.composition import ComposedFile, compose
from workshop.layers.layer import Layer, LayerFile
from workshop.layers.notes import Note
from workshop.layers.storing import store
from workshop.layers.tree import delete
from workshop.project import Project


def own(project: Project, layers: Sequence[Layer], layer: Layer, path: str) -> Note:
    """Copy a composed file below into the layer and declare the replacement.

    Raises:
        WorkshopError: the layer has the file already, or nothing lies below.

    """
    if path in layer.files:
        raise WorkshopError("own-already", file=layer.shown(path))
    below = compose(layers[: layer.number - 1])
    if path not in below:
        raise WorkshopError("own-nothing", path=path, layer=layer.name, near=near(path, below))
    file = below[path]
    owned = revising.put(layer, path, LayerFile(file.content, file.executable))
    owned = revising.undeclare_removal(revising.undeclare(owned, path), path)
    owned = revising.declare_replacement(owned, path, file.digest)
    store(project, [layer], [owned])
    remember(project, file.content)
    origin = file.owner.shown(path)
    return Note("own-done", {"file": layer.shown(path), "origin": origin}, trouble=False)


def pin(project: Project, layers: Sequence[Layer], layer: Layer, path: str) -> Note:
    """Make the layer's declarations about a path true.

    A file over a lower one is pinned to it; a file over nothing is no replacement; a file that is
    not there neither replaces nor appends; what is not below is not removed.

    Raises:
        WorkshopError: the layer neither holds nor declares the path, or conflict markers are left.

    """
    below = compose(layers[: layer.number - 1]).get(path)
    pinned = _pinned(layer, path, below)
    store(project, [layer], [pinned])
    if path not in layer.files:
        # Whoever deleted the file by hand may have left its empty folder.
        delete(layer.path, [path])
    settle_conflict(project, layer.shown(path))
    if below is not None:
        remember(project, below.content)
    message = "pin-unchanged" if pinned == layer else "pin-done"
    shown = {"file": layer.shown(path), "manifest": layer.shown("step.toml")}
    return Note(message, shown, trouble=False)


def _pinned(layer: Layer, path: str, below: ComposedFile | None) -> Layer:
    file = layer.files.get(path)
    if file is None:
        if path not in {*layer.replaces, *layer.appends, *layer.removes}:
            known = {*layer.files, *layer.replaces, *layer.appends, *layer.removes}
            raise WorkshopError("pin-unknown", file=layer.shown(path), near=near(path, known))
        declared = revising.undeclare(layer, path)
        return declared if below else revising.undeclare_removal(declared, path)
    if has_conflict(file.content):
        raise WorkshopError("pin-conflict", file=layer.shown(path))
    layer = revising.undeclare_removal(layer, path)
    if below is None:
        return revising.undeclare(layer, path)
    if path in layer.appends:
        return layer
    return revising.declare_replacement(layer, path, below.digest)
