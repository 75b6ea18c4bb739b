"""Changing layers in memory: each function returns a new layer."""

from __future__ import annotations

from dataclasses import replace

from workshop.layers.layer import Layer, LayerFile


def put(layer: Layer, path: str, file: LayerFile) -> Layer:
    """Give the layer a file, whatever is declared about it."""
    return replace(layer, files={**layer.files, path: file})


def drop(layer: Layer, path: str) -> Layer:
    """Take a file away, and what is declared about it."""
    files = {kept: file for kept, file in layer.files.items() if kept != path}
    return undeclare(replace(layer, files=files), path)


def undeclare(layer: Layer, path: str) -> Layer:
    """Forget that a file replaces or appends."""
    return replace(
        layer,
        replaces={kept: pinned for kept, pinned in layer.replaces.items() if kept != path},
        appends=tuple(kept for kept in layer.appends if kept != path),
    )


def declare_replacement(layer: Layer, path: str, pinned: str) -> Layer:
    """Pin the file to the digest of what lies below."""
    return replace(layer, replaces={**layer.replaces, path: pinned})


def declare_append(layer: Layer, path: str) -> Layer:
    """Declare that the file is laid under the end of the one below."""
    known = path in layer.appends
    return layer if known else replace(layer, appends=(*layer.appends, path))


def declare_removal(layer: Layer, path: str) -> Layer:
    """Declare that a lower file disappears."""
    known = path in layer.removes
    return layer if known else replace(layer, removes=(*layer.removes, path))


def undeclare_removal(layer: Layer, path: str) -> Layer:
    """Declare that a lower file stays."""
    return replace(layer, removes=tuple(kept for kept in layer.removes if kept != path))
