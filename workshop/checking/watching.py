"""Hearing of saves."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from workshop.layers.names import is_ignored
from workshop.workspace.place import STATE, Workspace

DEBOUNCE = 200
"""Milliseconds within which saves count as one; editors write a file in several moves."""
STEP = 30
"""Milliseconds of silence after which a save is taken to be complete."""
POLL = 300
"""Milliseconds between two looks where the system tells nothing."""
PROBE_SECONDS = 1.5


class _Saves(DefaultFilter):
    """Lets through what could change the result of a check."""

    def __call__(self, change: Change, path: str) -> bool:
        parts = Path(path).parts
        noise = {".git", STATE} & set(parts) or any(is_ignored(part) for part in parts)
        return not noise and super().__call__(change, path)


def saves(workspace: Workspace, stop: threading.Event, *, poll: bool) -> Iterator[None]:
    """Yield after each save, once for what an editor does in several moves."""
    for changes in watch(
        workspace.root,
        watch_filter=_Saves(),
        debounce=DEBOUNCE,
        step=STEP,
        stop_event=stop,
        force_polling=poll,
        poll_delay_ms=POLL,
        raise_interrupt=True,
    ):
        if changes:
            yield


def must_poll(workspace: Workspace) -> bool:
    """Try out whether the system tells of changes in the workspace.

    It does not for folders that a container or a virtual machine shares with its host, and for
    some network drives.
    """
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
    return not heard.is_set() or os.environ.get("WORKSHOP_POLL") == "1"
