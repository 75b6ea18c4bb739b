"""Hearing of saves."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, watch

from workshop.layers.names import is_ignored
from workshop.workspace.place import STATE, Workspace

DEBOUNCE = 200
"""Milliseconds within which saves count as one; editors write a file in several moves."""
STEP = 30
"""Milliseconds of silence after which a save is taken to be complete."""
POLL = 0.3
"""Seconds between two looks where the system tells nothing."""
PROBE_SECONDS = 1.5
NOISE_ENDINGS = ("~", ".swp", ".swx", ".tmp")
"""What editors write beside the file that is being saved."""


def saves(workspace: Workspace, stop: threading.Event, *, poll: bool) -> Iterator[None]:
    """Yield after each save, once for what an editor does in several moves."""
    if poll:
        yield from _look_again_and_again(workspace.root, stop)
        return
    for changes in watch(
        workspace.root,
        watch_filter=_matters,
        debounce=DEBOUNCE,
        step=STEP,
        stop_event=stop,
        force_polling=False,
    ):
        if changes:
            yield


def must_poll(workspace: Workspace) -> bool:
    """Try out whether the system tells of changes in the workspace.

    It does not for folders that a container or a virtual machine shares with its host, and for
    some network drives.
    """
    if os.environ.get("WORKSHOP_POLL") == "1":
        return True
    folder = workspace.state_folder / "probe"
    folder.mkdir(parents=True, exist_ok=True)
    heard, stop = threading.Event(), threading.Event()

    def listen() -> None:
        for _changes in watch(
            folder, stop_event=stop, debounce=50, step=10, force_polling=False, watch_filter=None
        ):
            heard.set()
            return

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    deadline = time.monotonic() + PROBE_SECONDS
    while not heard.is_set() and time.monotonic() < deadline:
        (folder / "touched").write_text(str(time.monotonic_ns()), encoding="ascii")
        heard.wait(0.05)
    stop.set()
    listener.join(2)
    return not heard.is_set()


def _matters(_change: Change, path: str) -> bool:
    parts = Path(path).parts
    noise = {".git", STATE} & set(parts) or any(is_ignored(part) for part in parts)
    return not noise and not path.endswith(NOISE_ENDINGS)


def _look_again_and_again(root: Path, stop: threading.Event) -> Iterator[None]:
    # watchfiles can poll, too, but compares whole seconds: the second save within one is lost.
    before = _look(root)
    while not stop.wait(POLL):
        now = _look(root)
        if now != before:
            before = now
            yield


def _look(root: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for parent, folders, files in os.walk(root):
        folders[:] = [one for one in folders if one not in {".git", STATE} and not is_ignored(one)]
        for name in files:
            place = os.path.join(parent, name)  # noqa: PTH118 - three times a second, for each file
            if not is_ignored(name) and not name.endswith(NOISE_ENDINGS):
                try:
                    status = os.stat(place)  # noqa: PTH116 - as above
                except OSError:
                    continue
                found[place] = (status.st_mtime_ns, status.st_size)
    return found
