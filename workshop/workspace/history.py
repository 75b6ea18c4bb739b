"""The saved states: a repository of the tool's own, beside the learner's.

It lies in ``workspace/.workshop/.git``, so that nothing the learner does with git (a merge in
progress, a detached head, a deleted ``.git``, no name configured) stands in the way of saving, and
saving changes nothing in the learner's branches, index and settings.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from workshop.errors import WorkshopError
from workshop.layers.git import Repository
from workshop.layers.snapshots import AUTHOR
from workshop.workspace.files import Entry, Files
from workshop.workspace.place import State, Workspace

CHANGES = "refs/workshop/changes"
TREES = "refs/workshop/trees"


@dataclass(frozen=True)
class Change:
    """One change that the tool made: what was there before it."""

    number: int
    command: str
    """What was asked for, such as ``start 2``."""
    commit: str
    state: State
    made: float
    """Seconds since the epoch."""


class History:
    """All saved states of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        """Open the repository, making it where there is none."""
        self._folder = workspace.state_folder
        git = self._folder / ".git"
        self._repository = Repository(self._folder, {"GIT_DIR": str(git)})
        if not (git / "workshop").exists():
            self._repository.run("init", "--quiet", "--template=", ".")
            # What was saved for good must not depend on when git tidies up.
            self._repository.run("config", "gc.auto", "0")
            self._repository.run("config", "core.bare", "false")
            self._repository.run("config", "fastimport.unpackLimit", "1")
            (git / "workshop").touch()

    def save(self, files: Files, command: str, state: State) -> Change:
        """Save the files as they are before a change; all of them, or nothing when killed."""
        number = max(self._numbers(), default=0) + 1
        made = time.time()
        message = json.dumps({"command": command, "state": asdict(state), "made": made})
        reference = f"{CHANGES}/{number:06}"
        commit = self._import(files, message, reference)
        return Change(number, command, commit, state, made)

    def keep(self, files: Files, name: str) -> str:
        """Store files under a name, to merge with them later; gives the commit."""
        return self._import(files, name, f"{TREES}/{name}")

    def read(self, commit: str) -> dict[str, Entry]:
        """Read the files of a saved state.

        Raises:
            WorkshopError: it is not there (any more).

        """
        listed = self._repository.entries("ls-tree", "-r", "-z", "--full-tree", commit)
        heads = [entry.partition("\t") for entry in listed]
        names = [head.split()[2] for head, _, _ in heads]
        contents = self._blobs(sorted(set(names)))
        return {
            path: Entry(contents[name], head.startswith("100755"), head.startswith("120000"))
            for (head, _, path), name in zip(heads, names, strict=True)
        }

    def changes(self) -> list[Change]:
        """List the changes, oldest first."""
        form = "%(refname)%00%(objectname)%00%(contents)%01"
        output = self._repository.run("for-each-ref", f"--format={form}", CHANGES).decode("utf-8")
        found = []
        for line in output.split("\x01"):
            if line.strip():
                name, commit, message = line.strip("\n").split("\0")
                known = json.loads(message)
                state = State(**known["state"])
                number = int(name.rpartition("/")[2])
                found.append(Change(number, known["command"], commit, state, known["made"]))
        return sorted(found, key=lambda change: change.number)

    def find(self, number: int | None) -> Change:
        """Return a change, by default the last one.

        Raises:
            WorkshopError: there is none, or none of that number.

        """
        changes = self.changes()
        if not changes:
            raise WorkshopError("undo-nothing")
        if number is None:
            return changes[-1]
        for change in changes:
            if change.number == number:
                return change
        last = changes[-1].number
        raise WorkshopError("undo-unknown", exit_code=2, asked=str(number), last=str(last))

    def _numbers(self) -> list[int]:
        names = self._repository.lines("for-each-ref", "--format=%(refname)", CHANGES)
        return [int(name.rpartition("/")[2]) for name in names]

    def _import(self, files: Files, message: str, reference: str) -> str:
        stream = b"".join(_stream(files, message, reference))
        self._repository.run("fast-import", "--quiet", "--force", "--date-format=raw", given=stream)
        commit = self._repository.resolve(reference)
        if commit is None:
            raise WorkshopError("workspace-not-saved", exit_code=3, folder=str(self._folder))
        return commit

    def _blobs(self, names: list[str]) -> dict[str, bytes]:
        asked = "".join(f"{name}\n" for name in names).encode()
        output = self._repository.run("cat-file", "--batch", given=asked)
        contents: dict[str, bytes] = {}
        position = 0
        for name in names:
            end = output.index(b"\n", position)
            size = int(output[position:end].split()[2])
            contents[name] = output[end + 1 : end + 1 + size]
            position = end + size + 2
        return contents


def _stream(files: Files, message: str, reference: str) -> Iterator[bytes]:
    name, address = AUTHOR
    yield b"feature done\n"
    yield f"commit {reference}\n".encode()
    yield f"committer {name} <{address}> {int(time.time())} +0000\n".encode()
    yield _data(message.encode())
    for path, entry in files.items():
        yield b"M " + entry.mode.encode() + b" inline " + _quoted(path) + b"\n"
        yield _data(entry.content)
    # Without this line, as when the tool is killed here, git takes nothing of it.
    yield b"done\n"


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def _quoted(path: str) -> bytes:
    escapes = {ord("\\"): b"\\\\", ord('"'): b'\\"', ord("\n"): b"\\n"}
    return b'"' + b"".join(escapes.get(byte, bytes([byte])) for byte in os.fsencode(path)) + b'"'
