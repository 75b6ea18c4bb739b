"""Writing a composition into a directory: only what differs, whole files, safe to interrupt."""

from __future__ import annotations

import json
import os
import shutil
import stat
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from workshop.errors import WorkshopError
from workshop.layers.composition import Composition
from workshop.layers.layer import LayerFile
from workshop.layers.names import is_cache, is_relative

STATE = ".workshop"
"""The directory inside a written tree that remembers what was written; git ignores it."""

LOCK_SECONDS = 60.0


def write_tree(composition: Composition, target: Path) -> None:
    """Make ``target`` equal the composition.

    Files with the right content keep their modification time. A file that an earlier call wrote
    and that is no longer part of the composition is deleted; ``.env``, caches and whatever else
    lies there stays. What was written is remembered in ``target/.workshop``.

    Two processes may do this at once: one waits for the other. A process killed half-way leaves
    whole files, and the next call finishes the work.

    Raises:
        WorkshopError: somebody's file stands where a directory must be, or the other way round;
            another process has held the lock for a minute.

    """
    with locked(target) as state:
        previous = _read_record(state)
        if previous != set(composition):
            # Written before the files: whoever is killed half-way leaves a record of them all.
            _write_record(state, previous | set(composition))
        delete(target, sorted(previous - set(composition)))
        settled: set[str] = set()
        for path, file in composition.items():
            make_directory(target, path.rpartition("/")[0], settled)
            _settle(target / path, LayerFile(file.content, file.executable), state)
        if previous != set(composition):
            _write_record(state, set(composition))


def written_paths(target: Path) -> set[str]:
    """Return the paths that `write_tree` put into a directory; none when it never did."""
    return _read_record(target / STATE)


@contextmanager
def locked(target: Path) -> Iterator[Path]:
    """Hold a written tree for this process alone; gives its state directory.

    Raises:
        WorkshopError: another process has held it for `LOCK_SECONDS`; the target is a file.

    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - reading layers needs no lock

    if target.exists() and not target.is_dir():
        raise WorkshopError("layers-tree-file-in-the-way", path=str(target))
    state = target / STATE
    state.mkdir(parents=True, exist_ok=True)
    if not (state / ".gitignore").is_file():
        (state / ".gitignore").write_bytes(b"*\n")
    lock = FileLock(state / "lock")
    try:
        lock.acquire(timeout=LOCK_SECONDS)
    except Timeout as error:
        raise WorkshopError("layers-tree-locked", target=str(target)) from error
    try:
        for abandoned in state.glob("*.new"):
            abandoned.unlink(missing_ok=True)
        yield state
    finally:
        lock.release()


def write_file(destination: Path, content: bytes, staging: Path) -> None:
    """Write a whole file or nothing; ``staging`` is a directory on the same file system."""
    staged = staging / f"{uuid.uuid4().hex}.new"
    staged.write_bytes(content)
    _move(staged, destination)


def set_executable(path: Path, *, executable: bool) -> None:
    """Set or clear the executable bit where the system has one."""
    if os.name == "nt":
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    # Whoever may read may run: the umask stays respected.
    path.chmod(mode | (mode & 0o444) >> 2 if executable else mode & ~0o111)


def delete(target: Path, paths: Iterable[str]) -> None:
    """Delete files, and the directories that hold nothing more than caches after it."""
    for path in paths:
        if _leaves(target, path):
            continue
        with suppress(FileNotFoundError, NotADirectoryError):
            (target / path).unlink()
        for parent in (target / path).parents:
            if parent == target or not _discard_directory(parent):
                break


def make_directory(target: Path, path: str, settled: set[str]) -> None:
    """Make the directories of a path inside ``target``; ``settled`` remembers those seen.

    Raises:
        WorkshopError: a file stands where a directory must be.

    """
    if path in settled or not path:
        return
    make_directory(target, path.rpartition("/")[0], settled)
    directory = target / path
    if directory.is_symlink():
        # The tree ends at its own directories: what the link points to is left as it is.
        directory.unlink()
    elif directory.exists() and not directory.is_dir():
        raise WorkshopError("layers-tree-file-in-the-way", path=str(directory))
    directory.mkdir(exist_ok=True)
    settled.add(path)


def _read_record(state: Path) -> set[str]:
    try:
        recorded = json.loads((state / "written.json").read_text(encoding="utf-8"))
        return {path for path in recorded if isinstance(path, str) and is_relative(path)}
    except (FileNotFoundError, ValueError, TypeError):
        return set()


def _write_record(state: Path, paths: set[str]) -> None:
    content = json.dumps(sorted(paths), ensure_ascii=False, indent=0).encode()
    write_file(state / "written.json", content, state)


def _leaves(target: Path, path: str) -> bool:
    """Whether a link on the way makes the path lie outside the tree, or it is a directory now."""
    parents = PurePosixPath(path).parents[:-1]
    linked = any((target / parent).is_symlink() for parent in parents)
    directory = (target / path).is_dir() and not (target / path).is_symlink()
    return linked or directory


def _discard_directory(directory: Path) -> bool:
    """Remove a directory if only caches are in it; the state directory never goes."""
    if not directory.is_dir() or directory.is_symlink():
        return not directory.exists()
    if not all(is_cache(entry.name) for entry in directory.iterdir()):
        return False
    shutil.rmtree(directory)
    return True


def _settle(destination: Path, file: LayerFile, state: Path) -> None:
    try:
        found = os.lstat(destination)
    except FileNotFoundError:
        found = None
    if found is not None and stat.S_ISDIR(found.st_mode) and not _discard_directory(destination):
        raise WorkshopError("layers-tree-directory-in-the-way", path=str(destination))
    same = (
        found is not None
        and stat.S_ISREG(found.st_mode)
        and found.st_size == len(file.content)
        and destination.read_bytes() == file.content
    )
    if not same:
        write_file(destination, file.content, state)
    if not same or found is None or bool(found.st_mode & stat.S_IXUSR) != file.executable:
        set_executable(destination, executable=file.executable)


def _move(staged: Path, destination: Path) -> None:
    """Put a file into place; on Windows a reader or a virus scanner may hold it for a moment."""
    for pause in (0.01, 0.05, 0.2, 0.5):
        try:
            os.replace(staged, destination)  # noqa: PTH105 - the same call, without a Path made
        except PermissionError:
            if os.name != "nt":
                raise
            if destination.exists():
                destination.chmod(stat.S_IWRITE)
            time.sleep(pause)
        else:
            return
    os.replace(staged, destination)  # noqa: PTH105 - as above; the last try may fail aloud
