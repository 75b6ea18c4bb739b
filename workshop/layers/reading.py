"""Reading the layers from ``steps/``."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.layers.layer import MANIFEST, Layer, LayerFile
from workshop.layers.manifest import read_manifest
from workshop.layers.names import clash, is_ignored, printable, refused_part
from workshop.project import Project

_FOLDER = re.compile(r"(\d\d)_([a-z][a-z0-9_]*)")


def read_layers(project: Project) -> tuple[Layer, ...]:
    """Read and validate every step, in order.

    Raises:
        WorkshopError: a mistake in a ``step.toml``, a number that is missing or there twice, or a
            file that no layer may hold.

    """
    layers = tuple(read_layer(folder) for folder in _folders(project.steps))
    if not layers:
        raise WorkshopError("layers-none", folder=project.relative(project.steps))
    _check_numbers(layers)
    return layers


def read_layer(folder: Path) -> Layer:
    """Read one step's directory.

    Raises:
        WorkshopError: as `read_layers`.

    """
    shown = f"{folder.parent.name}/{folder.name}"
    if not (folder / MANIFEST).is_file():
        raise WorkshopError("layers-manifest-missing", folder=shown, file=f"{shown}/{MANIFEST}")
    manifest = read_manifest((folder / MANIFEST).read_bytes(), f"{shown}/{MANIFEST}")
    if folder.name != f"{manifest.number:02}_{manifest.slug}":
        raise WorkshopError(
            "layers-folder-mismatch",
            file=f"{shown}/{MANIFEST}",
            number=str(manifest.number),
            slug=manifest.slug,
            folder=folder.name,
            expected=f"{manifest.number:02}_{manifest.slug}",
        )
    files, empty = _read_files(folder, shown)
    return Layer(
        number=manifest.number,
        slug=manifest.slug,
        title=manifest.title,
        services=manifest.services,
        path=folder,
        files=files,
        replaces=manifest.replaces,
        appends=manifest.appends,
        removes=manifest.removes,
        empty=empty,
    )


def check_file(path: str, content: bytes, shown: str) -> None:
    """Refuse a file that would not be the same on every system.

    Raises:
        WorkshopError: a name that Windows refuses or that the tool keeps for itself, or CRLF line
            ends in a text.

    """
    part = MANIFEST if path == MANIFEST else refused_part(path)
    if part is not None:
        raise WorkshopError("layers-name-refused", file=printable(shown), part=printable(part))
    # Like git: a NUL byte near the beginning makes a file binary.
    if b"\r\n" in content and b"\0" not in content[:8000]:
        raise WorkshopError("layers-crlf", file=shown)


def entries_of(folder: str) -> list[os.DirEntry[str]]:
    """List a directory by name."""
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _folders(steps: Path) -> list[Path]:
    folders = []
    for entry in entries_of(str(steps)):
        if not entry.is_dir() or is_ignored(entry.name) or not _holds_something(entry.path):
            continue
        if not _FOLDER.fullmatch(entry.name):
            raise WorkshopError("layers-folder-name", folder=f"{steps.name}/{entry.name}")
        folders.append(Path(entry.path))
    return folders


def _holds_something(folder: str) -> bool:
    # Switching git branches leaves directories that hold only caches: those are not steps.
    return any(
        _holds_something(entry.path) if entry.is_dir(follow_symlinks=False) else True
        for entry in entries_of(folder)
        if not is_ignored(entry.name)
    )


def _check_numbers(layers: tuple[Layer, ...]) -> None:
    for expected, layer in enumerate(layers, start=1):
        if layer.number == expected - 1:
            first = layers[expected - 2]
            raise WorkshopError(
                "layers-number-twice",
                number=f"{layer.number:02}",
                first=first.shown(""),
                second=layer.shown(""),
            )
        if layer.number != expected:
            raise WorkshopError(
                "layers-number-gap", folder=layer.shown(""), missing=f"{expected:02}"
            )


def _read_files(folder: Path, shown: str) -> tuple[dict[str, LayerFile], tuple[str, ...]]:
    files: dict[str, LayerFile] = {}
    empty: list[str] = []
    modes = _modes_in_git(folder) if os.name == "nt" else {}
    for path, entry in _walk(str(folder), ""):
        if entry is None:
            empty.append(path)
        elif entry.is_symlink():
            raise WorkshopError("layers-symlink", file=f"{shown}/{path}")
        elif path != MANIFEST:
            content = Path(entry.path).read_bytes()
            check_file(path, content, f"{shown}/{path}")
            executable = modes.get(path, bool(entry.stat().st_mode & stat.S_IXUSR))
            files[path] = LayerFile(content, executable)
    clashing = clash(files)
    if clashing:
        first, second = clashing
        raise WorkshopError("layers-clash", first=f"{shown}/{first}", second=f"{shown}/{second}")
    return files, tuple(empty)


def _walk(folder: str, prefix: str) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
    """Yield each file with its path, and each directory without any entry with None."""
    entries = entries_of(folder)
    if not entries:
        yield prefix.removesuffix("/"), None
    for entry in entries:
        if is_ignored(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry


def _modes_in_git(folder: Path) -> dict[str, bool]:
    """Windows keeps no executable bit, but git does; without git nothing is executable."""
    from workshop.layers.git import index_modes  # noqa: PLC0415 - needed on Windows alone

    return index_modes(folder)
