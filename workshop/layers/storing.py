"""Writing changed layers back to ``steps/``; comments in ``step.toml`` survive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workshop.layers.layer import MANIFEST, Layer
from workshop.layers.tree import delete, make_directory, set_executable, write_file
from workshop.project import Project

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def store(project: Project, before: Sequence[Layer], after: Sequence[Layer]) -> list[str]:
    """Write what differs between two states of the same layers.

    Returns:
        The files that changed, as a person types them from the root.

    """
    staging = project.state / "staging"
    staging.mkdir(parents=True, exist_ok=True)
    changed = changed_files(before, after)
    for old, new in zip(before, after, strict=True):
        delete(old.path, sorted(set(old.files) - set(new.files)))
        for path, file in new.files.items():
            if old.files.get(path) != file:
                make_directory(new.path, path.rpartition("/")[0], set())
                write_file(new.path / path, file.content, staging)
                set_executable(new.path / path, executable=file.executable)
        _store_manifest(old, new, staging)
    return changed


def changed_files(before: Sequence[Layer], after: Sequence[Layer]) -> list[str]:
    """List the files that `store` would write or delete."""
    changed = []
    for old, new in zip(before, after, strict=True):
        changed += [
            new.shown(path)
            for path in sorted({*old.files, *new.files})
            if old.files.get(path) != new.files.get(path)
        ]
        if _declarations(old) != _declarations(new):
            changed.append(new.shown(MANIFEST))
    return changed


def _declarations(layer: Layer) -> tuple[object, ...]:
    return (layer.removes, layer.appends, dict(layer.replaces))


def _store_manifest(old: Layer, new: Layer, staging: Path) -> None:
    if _declarations(old) == _declarations(new):
        return
    import tomlkit  # noqa: PLC0415 - only authors write manifests

    document = tomlkit.parse((new.path / MANIFEST).read_bytes().decode("utf-8"))
    _update_list(document, "removes", new.removes)
    _update_list(document, "appends", new.appends)
    _update_replaces(document, new)
    write_file(new.path / MANIFEST, tomlkit.dumps(document).encode("utf-8"), staging)


def _update_list(document: TOMLDocument, key: str, wanted: Sequence[str]) -> None:
    if key not in document and wanted:
        document.add(key, list(wanted))
        return
    array = document.get(key, [])
    for value in [value for value in array if value not in wanted]:
        array.remove(value)
    for value in wanted:
        if value not in array:
            array.append(value)


def _update_replaces(document: TOMLDocument, layer: Layer) -> None:
    import tomlkit  # noqa: PLC0415 - as above

    if "replaces" not in document:
        if not layer.replaces:
            return
        document.append("replaces", tomlkit.table())
    table = document["replaces"]
    for path in [path for path in table if path not in layer.replaces]:
        del table[path]
    for path, pinned in layer.replaces.items():
        if table.get(path) != pinned:
            table[path] = pinned
