"""Giving edits of a composed tree back to the layers that own the edited files."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from workshop.layers import revising
from workshop.layers.composition import ComposedFile, Composition, Part, compose
from workshop.layers.layer import Layer, LayerFile, lines_of

Changes = Mapping[str, LayerFile | None]
"""Path -> the file as edited, or None where it was deleted."""


def changes_between(
    before: Mapping[str, LayerFile], after: Mapping[str, LayerFile]
) -> dict[str, LayerFile | None]:
    """List what an edit changed."""
    paths = sorted({*before, *after})
    return {path: after.get(path) for path in paths if before.get(path) != after.get(path)}


def absorb(layers: Sequence[Layer], number: int, changes: Changes) -> tuple[Layer, ...]:
    """Change the layers so that the end of step ``number`` has the changes.

    A changed file goes to the layer that owns it, however low; a change within lines that a layer
    appended goes to that layer; lines added under a growing file, and new files, go to layer
    ``number``; a deleted file disappears from step ``number`` on.
    """
    drafts = {layer.number: layer for layer in layers}
    below = compose(layers[: number - 1])
    composed = compose(layers[:number])
    growing = {path for layer in layers for path in layer.appends}
    for path, file in changes.items():
        if file is None:
            drafts[number] = _delete(drafts[number], path, below)
        elif path not in composed:
            drafts[number] = _add(drafts[number], path, file, below)
        else:
            adds = number if path in growing else None
            _change(drafts, composed[path], file, adds)
    return tuple(drafts[layer.number] for layer in layers)


def _delete(layer: Layer, path: str, below: Composition) -> Layer:
    layer = revising.drop(layer, path)
    return revising.declare_removal(layer, path) if path in below else layer


def _add(layer: Layer, path: str, file: LayerFile, below: Composition) -> Layer:
    layer = revising.undeclare_removal(layer, path)
    if path not in below:
        return revising.put(layer, path, file)
    if below.files[path] == file:
        return layer
    layer = revising.declare_replacement(layer, path, below[path].digest)
    return revising.put(layer, path, file)


def _change(
    drafts: dict[int, Layer], composed: ComposedFile, file: LayerFile, adds: int | None
) -> None:
    """Change the drafts; ``adds`` is the layer that takes lines added at the end, if any does."""
    path, parts = composed.path, composed.parts
    if adds is not None and parts[-1].layer.number != adds:
        parts = (*parts, Part(drafts[adds], b""))
    owner, *others = distribute(tuple(part.content for part in parts), file.content)
    first = parts[0].layer.number
    drafts[first] = revising.put(drafts[first], path, replace(file, content=owner))
    for part, content in zip(parts[1:], others, strict=True):
        number = part.layer.number
        if content:
            fragment = revising.put(drafts[number], path, LayerFile(content))
            drafts[number] = revising.declare_append(fragment, path)
        else:
            drafts[number] = revising.drop(drafts[number], path)


def distribute(parts: tuple[bytes, ...], edited: bytes) -> list[bytes]:
    """Split an edited content into the parts that its old content had, by the lines that stayed.

    A line inserted between two parts goes to the upper of the two, one at the very end to the last.
    """
    homes = [home for home, part in enumerate(parts) for _ in lines_of(part)]
    old, new = lines_of(b"".join(parts)), lines_of(edited)
    shares: list[list[bytes]] = [[] for _ in parts]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            for position in range(end - start):
                shares[homes[start + position]].append(new[new_start + position])
        elif kind == "insert" and start == len(old):
            shares[-1] += new[new_start:new_end]
        elif kind == "insert":
            shares[homes[start - 1] if start else 0] += new[new_start:new_end]
        else:
            shares[homes[start]] += new[new_start:new_end]
    return [b"".join(share) for share in shares]
