"""What is wrong with a set of layers, and the share of files that replace others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workshop.layers.composition import ComposedFile, lay
from workshop.layers.layer import Layer, LayerFile
from workshop.layers.names import clash
from workshop.layers.notes import Note, typed

Below = Mapping[str, ComposedFile]

_MARKERS = re.compile(rb"^<{7} .*^>{7} ", re.MULTILINE | re.DOTALL)


def check(layers: Sequence[Layer]) -> list[Note]:
    """Find everything that a layer declares wrongly or holds in vain; empty when all is well."""
    growing = {path for layer in layers for path in layer.appends}
    findings: list[Note] = []
    below: dict[str, ComposedFile] = {}
    for layer in layers:
        findings += _check_files(layer, below, growing)
        findings += _check_declarations(layer, below)
        above = lay(below, layer)
        findings += _check_names(below, above)
        below = above
    return findings


def has_conflict(content: bytes) -> bool:
    """Whether git's conflict markers stand in a file."""
    return b"<<<<<<< " in content and _MARKERS.search(content) is not None


def finding(message_id: str, layer: Layer, path: str) -> Note:
    """Make a finding about one file of a layer; every such message takes these arguments."""
    return Note(
        message_id,
        {
            "file": layer.shown(path),
            "layer": layer.name,
            "manifest": layer.shown("step.toml"),
            "path": path,
            "pin": f"workshop author pin {layer.number:02} {typed(path)}",
            "propagate": f"workshop author propagate {layer.number:02}",
        },
    )


def _check_files(layer: Layer, below: Below, growing: set[str]) -> Iterator[Note]:
    for path, file in layer.files.items():
        if has_conflict(file.content):
            yield finding("check-conflict", layer, path)
        if path in layer.appends:
            yield from _check_append(layer, path, file, below.get(path))
        elif path in layer.removes:
            yield finding("check-removed-yet-present", layer, path)
        elif path in below:
            yield from _check_replacement(layer, path, below[path], growing)
        elif path in layer.replaces:
            yield finding("check-replaces-nothing", layer, path)


def _check_append(
    layer: Layer, path: str, file: LayerFile, below: ComposedFile | None
) -> Iterator[Note]:
    if below is None or path in layer.removes:
        yield finding("check-appends-to-nothing", layer, path)
    if not file.content:
        yield finding("check-append-empty", layer, path)
    if file.executable:
        yield finding("check-append-executable", layer, path)


def _check_replacement(
    layer: Layer, path: str, below: ComposedFile, growing: set[str]
) -> Iterator[Note]:
    if layer.files[path] == LayerFile(below.content, below.executable):
        yield finding("check-identical", layer, path)
    elif path not in layer.replaces:
        known = "check-undeclared-append" if path in growing else "check-undeclared"
        yield finding(known, layer, path)
    elif layer.replaces[path] != below.digest:
        yield finding("check-stale", layer, path)


def _check_declarations(layer: Layer, below: Below) -> Iterator[Note]:
    for path in layer.replaces:
        if path not in layer.files:
            yield finding("check-replacement-missing", layer, path)
    for path in layer.appends:
        if path not in layer.files:
            yield finding("check-append-missing", layer, path)
    for path in layer.removes:
        if path not in below:
            yield finding("check-removes-nothing", layer, path)
    for path in layer.empty:
        yield finding("check-empty-directory", layer, path)


def _check_names(below: Below, above: Below) -> Iterator[Note]:
    clashing = clash(above)
    # A clash stays in every later composition; it is told where it arises.
    if clashing and clash(below) is None:
        first, second = sorted(clashing, key=lambda path: above[path].owner.number)
        shown = {
            "first": above[first].owner.shown(first),
            "second": above[second].owner.shown(second),
        }
        yield Note("layers-clash", shown)


@dataclass(frozen=True)
class Count:
    """How one layer, or all of them together, uses its files."""

    files: int = 0
    added: int = 0
    replaced: int = 0
    appended: int = 0
    removed: int = 0

    @property
    def share(self) -> float:
        """The share of files that replace a lower one, from 0 to 1."""
        return self.replaced / self.files if self.files else 0.0

    def __add__(self, other: Count) -> Count:
        """Add two counts up."""
        return Count(
            self.files + other.files,
            self.added + other.added,
            self.replaced + other.replaced,
            self.appended + other.appended,
            self.removed + other.removed,
        )


def count(layers: Sequence[Layer]) -> list[tuple[Layer, Count]]:
    """Count the files of each layer by what they do."""
    counts = []
    below: dict[str, ComposedFile] = {}
    for layer in layers:
        appended = sum(path in below and path in layer.appends for path in layer.files)
        replaced = sum(path in below for path in layer.files) - appended
        files = len(layer.files)
        added = files - appended - replaced
        counts.append((layer, Count(files, added, replaced, appended, len(layer.removes))))
        below = lay(below, layer)
    return counts
