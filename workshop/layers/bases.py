"""The contents that replacements were written against: kept, or found again in git's history."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from workshop.errors import WorkshopError
from workshop.layers.composition import ComposedFile, lay
from workshop.layers.git import Repository, is_repository
from workshop.layers.layer import MANIFEST, Layer, LayerFile, digest
from workshop.layers.manifest import read_manifest
from workshop.layers.tree import write_file
from workshop.project import Project


def remember(project: Project, content: bytes) -> None:
    """Keep a base that may never have been committed; the history holds the others."""
    folder = project.state / "bases"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / digest(content).removeprefix("sha256:")
    if not kept.is_file():
        write_file(kept, content, folder)


def find_base(project: Project, path: str, pinned: str) -> bytes | None:
    """Find the composed content of ``path`` that has the digest ``pinned``, newest first."""
    kept = project.state / "bases" / pinned.removeprefix("sha256:")
    if kept.is_file() and digest(kept.read_bytes()) == pinned:
        return kept.read_bytes()
    repository = Repository(project.root)
    folder = project.steps.name
    for commit in _commits(repository, folder, path):
        files: dict[str, ComposedFile] = {}
        for layer in _layers_at(repository, commit, project, path):
            files = lay(files, layer)
            if path in files and files[path].digest == pinned:
                return files[path].content
    return None


def conflicts(project: Project) -> dict[str, dict[str, str]]:
    """Return the merges that ended in a conflict, by file: ``merged`` (base) and ``before``."""
    try:
        kept: Any = json.loads((project.state / "conflicts.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def record_conflict(project: Project, file: str, *, merged: str, before: str) -> None:
    """Remember that ``file`` holds markers: the digests of the base merged in and of the file."""
    _write_conflicts(project, {**conflicts(project), file: {"merged": merged, "before": before}})


def settle_conflict(project: Project, file: str) -> None:
    """Forget a conflict that is resolved."""
    kept = conflicts(project)
    if kept.pop(file, None) is not None:
        _write_conflicts(project, kept)


def _write_conflicts(project: Project, kept: dict[str, dict[str, str]]) -> None:
    project.state.mkdir(exist_ok=True)
    content = json.dumps(kept, indent=2, ensure_ascii=False).encode()
    write_file(project.state / "conflicts.json", content, project.state)


def _commits(repository: Repository, folder: str, path: str) -> list[str]:
    if not is_repository(repository.root):
        return []
    escaped = re.sub(r"([*?\[\]\\])", r"\\\1", path)
    found = [f":(glob){folder}/*/{name}" for name in (escaped, MANIFEST)]
    # The reflogs too: a base may stand in a commit that was amended since.
    return repository.lines("log", "--all", "--reflog", "--format=%H", "--", *found)


def _layers_at(repository: Repository, commit: str, project: Project, path: str) -> Iterator[Layer]:
    """Yield the layers as a commit had them, each with ``path`` as its only file."""
    listed = repository.entries("ls-tree", "-r", "-z", commit, "--", f"{project.steps.name}/")
    blobs: dict[str, dict[str, str]] = {}
    for entry in listed:
        head, _, file = entry.partition("\t")
        _, name, inside = file.split("/", 2)
        if inside in {MANIFEST, path}:
            blobs.setdefault(name, {})[inside] = head.split()[2]
    for name, held in sorted(blobs.items()):
        if MANIFEST not in held:
            continue
        content = repository.run("cat-file", "blob", held[MANIFEST])
        try:
            manifest = read_manifest(content, f"{project.steps.name}/{name}/{MANIFEST}")
        except WorkshopError:
            # An old commit may hold a description that today's rules refuse.
            continue
        files = {}
        if path in held:
            files[path] = LayerFile(repository.run("cat-file", "blob", held[path]))
        yield Layer(
            number=manifest.number,
            slug=manifest.slug,
            title=manifest.title,
            services=manifest.services,
            path=project.steps / name,
            files=files,
            replaces=manifest.replaces,
            appends=manifest.appends,
            removes=manifest.removes,
        )
