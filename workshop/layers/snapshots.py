"""Trees as git commits: written through a temporary index, read without a checkout."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.layers.git import Repository, index_modes
from workshop.layers.layer import LayerFile
from workshop.layers.names import is_ignored
from workshop.layers.reading import check_file

AUTHOR = ("Workshop", "workshop@localhost")
"""Who made a commit that the tool made: nobody's own commits carry this committer."""

_EPOCH = 1767225600
"""2026-01-01 00:00:00 UTC: the same layers give the same hashes on every machine and day."""


@dataclass(frozen=True)
class Snapshot:
    """What a commit is made of."""

    files: Mapping[str, LayerFile]
    message: str
    minute: int
    """Minutes after the fixed date, so that a log sorts the chain."""


def write_chain(
    repository: Repository, snapshots: Iterable[Snapshot], parent: str | None = None
) -> list[str]:
    """Write commits, each the child of the one before; no reference and no work tree changes.

    Returns:
        Their hashes; the same snapshots give the same hashes.

    """
    snapshots = list(snapshots)
    with tempfile.TemporaryDirectory() as folder:
        blobs = _write_blobs(repository, snapshots, Path(folder))
        commits: list[str] = []
        for snapshot in snapshots:
            parent = _write_commit(repository, snapshot, blobs, parent, Path(folder))
            commits.append(parent)
    return commits


def read_commit(repository: Repository, commit: str) -> dict[str, LayerFile]:
    """Read the tree of a commit; leftovers that somebody committed are passed over.

    Raises:
        WorkshopError: a link, a submodule, or a file that no layer may hold.

    """
    listed = repository.entries("ls-tree", "-r", "-z", "--full-tree", commit)
    found: dict[str, tuple[bool, str]] = {}
    for entry in listed:
        head, _, path = entry.partition("\t")
        mode, _, name = head.split()
        if any(is_ignored(part) for part in path.split("/")):
            continue
        if mode not in {"100644", "100755"}:
            raise WorkshopError("layers-symlink", file=f"{commit[:12]}:{path}")
        found[path] = (mode == "100755", name)
    contents = _read_blobs(repository, {name for _, name in found.values()})
    files = {path: LayerFile(contents[name], mode) for path, (mode, name) in found.items()}
    for path, file in files.items():
        check_file(path, file.content, f"{commit[:12]}:{path}")
    return files


def read_worktree(repository: Repository) -> dict[str, LayerFile]:
    """Read the files of a work tree that git tracks or would track.

    Raises:
        WorkshopError: a link, or a file that no layer may hold.

    """
    listed = repository.entries("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    modes = index_modes(repository.root) if os.name == "nt" else {}
    files = {}
    for path in sorted(set(listed)):
        place = repository.root / path
        if any(is_ignored(part) for part in path.split("/")) or not os.path.lexists(place):
            continue
        is_folder = place.is_dir() and not place.is_symlink()
        if is_folder and any(other.startswith(f"{path}/") for other in listed):
            continue  # a file that has become a folder: what is in it is listed too
        if place.is_symlink() or not place.is_file():
            raise WorkshopError("layers-symlink", file=str(place))
        content = place.read_bytes()
        check_file(path, content, str(place))
        executable = bool(place.stat().st_mode & stat.S_IXUSR)
        files[path] = LayerFile(content, modes.get(path, executable))
    return files


def _write_blobs(
    repository: Repository, snapshots: Iterable[Snapshot], folder: Path
) -> dict[bytes, str]:
    contents = list({file.content for snapshot in snapshots for file in snapshot.files.values()})
    for number, content in enumerate(contents):
        (folder / str(number)).write_bytes(content)
    paths = "".join(f"{(folder / str(number)).as_posix()}\n" for number in range(len(contents)))
    names = repository.lines(
        "hash-object", "-w", "--no-filters", "--stdin-paths", given=paths.encode()
    )
    return dict(zip(contents, names, strict=True))


def _write_commit(
    repository: Repository,
    snapshot: Snapshot,
    blobs: Mapping[bytes, str],
    parent: str | None,
    folder: Path,
) -> str:
    entries = "".join(
        f"{'100755' if file.executable else '100644'} {blobs[file.content]}\t{path}\0"
        for path, file in snapshot.files.items()
    )
    (folder / "index").unlink(missing_ok=True)
    indexed = replace(repository, environment={"GIT_INDEX_FILE": str(folder / "index")})
    indexed.run("update-index", "-z", "--index-info", given=entries.encode())
    tree = indexed.run("write-tree").decode().strip()
    signed = replace(repository, environment=_signature(snapshot.minute))
    parents = ("-p", parent) if parent else ()
    message = snapshot.message.encode()
    return signed.run("commit-tree", tree, *parents, given=message).decode().strip()


def _signature(minute: int) -> dict[str, str]:
    name, address = AUTHOR
    date = f"{_EPOCH + 60 * minute} +0000"
    return {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", name), ("EMAIL", address), ("DATE", date))
    }


def _read_blobs(repository: Repository, names: set[str]) -> dict[str, bytes]:
    asked = "".join(f"{name}\n" for name in sorted(names))
    output = repository.run("cat-file", "--batch", given=asked.encode())
    contents: dict[str, bytes] = {}
    position = 0
    for name in sorted(names):
        end = output.index(b"\n", position)
        size = int(output[position:end].split()[2])
        contents[name] = output[end + 1 : end + 1 + size]
        position = end + size + 2
    return contents
