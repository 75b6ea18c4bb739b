"""Which step wrote a line: blame through the chain of versions of a file."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from workshop.layers.composition import ComposedFile, lay
from workshop.layers.layer import Layer, lines_of


@dataclass(frozen=True)
class Origin:
    """Where a line was first written."""

    layer: Layer
    line: int
    """The line in the layer's own file, counted from 1."""


def origins(layers: Iterable[Layer], path: str) -> list[Origin]:
    """Return for each line of a composed file the layer that introduced it.

    A line that a replacement kept stays with the layer that wrote it. A path that was removed and
    added again starts anew. Empty when the composition has no such file.
    """
    blamed: list[Origin] = []
    text: list[bytes] = []
    below: dict[str, ComposedFile] = {}
    for layer in layers:
        above = lay(below, layer)
        if path not in above or path in layer.removes:
            blamed, text = [], []
        if path in layer.files:
            own = lines_of(layer.files[path].content)
            if len(above[path].parts) > 1:
                blamed = blamed + [Origin(layer, line) for line in range(1, len(own) + 1)]
            else:
                blamed = _blame(layer, text, blamed, own)
            text = lines_of(above[path].content)
        below = above
    return blamed


def home(composed: ComposedFile, line: int) -> Origin:
    """Return the layer's file and line that a line of a composed file is read from."""
    span = next(span for span in composed.spans if span.first <= line <= span.last)
    return Origin(span.layer, line - span.first + 1)


def tests_of(layer: Layer) -> list[str]:
    """List the test files that a layer brings."""
    return [
        path
        for path in layer.files
        if path.startswith("tests/") and path.rpartition("/")[2].startswith("test_")
    ]


def _blame(layer: Layer, old: list[bytes], kept: list[Origin], now: list[bytes]) -> list[Origin]:
    blamed: list[Origin] = []
    matcher = difflib.SequenceMatcher(None, old, now, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            blamed += kept[start:end]
        else:
            blamed += [Origin(layer, line + 1) for line in range(new_start, new_end)]
    return blamed
