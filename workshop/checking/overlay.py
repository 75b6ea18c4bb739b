"""Writing code together with the course's tests into a place of the tool's own."""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping
from pathlib import Path

from workshop.layers import ComposedFile, Composition, Layer, LayerFile, write_tree
from workshop.layers.composition import Part
from workshop.layers.names import is_ignored, is_relative, refused_part
from workshop.workspace.files import Entry, Files
from workshop.workspace.place import Workspace

TESTS = "tests/"
SETTINGS_OF_TESTS = frozenset({"pyproject.toml"})
"""How pytest is to run is the course's decision, like the tests themselves."""


def overlay(mine: Mapping[str, LayerFile], course: Mapping[str, LayerFile]) -> dict[str, LayerFile]:
    """Take the code from ``mine`` and the tests from the course."""
    code = {path: file for path, file in mine.items() if not _is_course(path)}
    return code | {path: file for path, file in course.items() if _is_course(path)}


def _is_course(path: str) -> bool:
    return path.startswith(TESTS) or path in SETTINGS_OF_TESTS


def readable(workspace: Workspace, files: Files) -> dict[str, LayerFile]:
    """Take the files of a workspace that can lie in a composed tree; links as what they name."""
    found = {}
    for path, entry in files.items():
        odd = not is_relative(path) or refused_part(path) or path.encode("utf-8", "replace") == b""
        if odd or any(is_ignored(part) for part in path.split("/")):
            continue
        content = _followed(workspace.root / path, entry)
        if content is not None:
            found[path] = LayerFile(content, entry.executable)
    return found


def _followed(place: Path, entry: Entry) -> bytes | None:
    if not entry.link:
        return entry.content
    try:
        return place.read_bytes()
    except OSError:
        return None


def write_overlay(files: Mapping[str, LayerFile], layer: Layer, folder: Path) -> None:
    """Write a tree whose ``.pyc`` files never lie.

    Python trusts a ``.pyc`` when size and whole seconds of the source's time are right. Two saves
    within a second may have both in common, so each module's time is derived from its content.
    """
    composed = {
        path: ComposedFile(path, (Part(layer, file.content),), file.executable)
        for path, file in files.items()
    }
    write_tree(Composition(composed), folder)
    for path, file in files.items():
        if path.endswith(".py"):
            wanted = zlib.crc32(file.content)
            place = folder / path
            if place.stat().st_mtime_ns != wanted * 1_000_000_000:
                os.utime(place, (wanted, wanted))
