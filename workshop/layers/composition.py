"""Laying layers over one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from workshop.errors import WorkshopError
from workshop.layers.layer import Layer, LayerFile, digest, lines_of
from workshop.layers.names import clash


@dataclass(frozen=True)
class Part:
    """What one layer contributes to a composed file: all of it, or a run of lines at its end."""

    layer: Layer
    content: bytes


@dataclass(frozen=True)
class Span:
    """The lines of a composed file, counted from 1, both ends included, that a layer wrote."""

    layer: Layer
    first: int
    last: int


@dataclass(frozen=True)
class ComposedFile:
    """A file of a composed tree."""

    path: str
    parts: tuple[Part, ...]
    """The layer that added or last replaced the file, then those that appended to it."""
    executable: bool

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        if len(self.parts) == 1:
            return self.parts[0].content
        return b"".join(part.content for part in self.parts)

    @property
    def digest(self) -> str:
        """What a replacement of this file pins in ``[replaces]``."""
        return digest(self.content)

    @property
    def owner(self) -> Layer:
        """The layer whose file this is: it added it, or replaced it last."""
        return self.parts[0].layer

    @property
    def spans(self) -> tuple[Span, ...]:
        """Which lines came from which layer."""
        counts = [len(lines_of(part.content)) for part in self.parts]
        ends = list(accumulate(counts))
        return tuple(
            Span(part.layer, end - count + 1, end)
            for part, count, end in zip(self.parts, counts, ends, strict=True)
        )


class Composition(Mapping[str, ComposedFile]):
    """A composed tree: path -> file, sorted by path."""

    def __init__(self, files: Mapping[str, ComposedFile]) -> None:
        self._files = dict(sorted(files.items()))

    def __getitem__(self, path: str) -> ComposedFile:
        """Return the file at a path of the app."""
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the paths, sorted."""
        return iter(self._files)

    def __len__(self) -> int:
        """Count the files."""
        return len(self._files)

    @property
    def files(self) -> dict[str, LayerFile]:
        """The tree as plain contents, without where they came from."""
        return {path: LayerFile(file.content, file.executable) for path, file in self.items()}


def compose(layers: Iterable[Layer]) -> Composition:
    """Lay the layers over one another; ``layers[:k]`` gives the end of step k.

    What `workshop.layers.check` would find fault with still composes, so that authors can see it:
    an undeclared file replaces, an append to nothing adds, a removal of nothing does nothing.

    Raises:
        WorkshopError: two paths of the result cannot lie on every file system.

    """
    files: dict[str, ComposedFile] = {}
    for layer in layers:
        files = lay(files, layer)
    refuse_clashes(files)
    return Composition(files)


def lay(below: Mapping[str, ComposedFile], layer: Layer) -> dict[str, ComposedFile]:
    """Lay one layer over a composed tree."""
    files = {path: file for path, file in below.items() if path not in layer.removes}
    for path, file in layer.files.items():
        grown = files.get(path) if path in layer.appends else None
        if grown is None:
            part = Part(layer, file.content)
            files[path] = ComposedFile(path, (part,), file.executable)
        else:
            files[path] = _append(grown, Part(layer, file.content))
    return files


def refuse_clashes(files: Mapping[str, ComposedFile]) -> None:
    """Refuse a tree that only some file systems can hold.

    Raises:
        WorkshopError: two names that differ only in case, or a file and a directory of one name.

    """
    clashing = clash(files)
    if clashing:
        first, second = clashing
        raise WorkshopError(
            "layers-clash",
            first=files[first].owner.shown(first),
            second=files[second].owner.shown(second),
        )


def _append(below: ComposedFile, part: Part) -> ComposedFile:
    *rest, last = below.parts
    if below.content and not below.content.endswith(b"\n"):
        last = replace(last, content=last.content + b"\n")
    return replace(below, parts=(*rest, last, part))
