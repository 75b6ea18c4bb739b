"""Run pytest when told to, and import meanwhile what that takes long to import.

The argument is a file with names of modules. What is to be run comes as one line of JSON on
standard input; when that is closed instead, nobody wants anything any more.
"""

# ruff: noqa: INP001 - started as a file, with nothing of the workshop importable

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
from importlib import import_module
from pathlib import Path


def main(modules: Path) -> int:
    """Import, wait, and run; gives the exit code of pytest."""
    # Importing makes many objects and little garbage: collecting less often saves a tenth of it.
    gc.set_threshold(100_000, 50, 50)
    for name in read(modules):
        with contextlib.suppress(Exception):  # whoever needs it will tell
            import_module(name)
    line = sys.stdin.readline()
    if not line:
        return 0
    order = json.loads(line)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for output in (1, 2):
        os.dup2(log, output)
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(order["folder"])
    sys.path[:1] = [order["folder"]]  # where this file lies is on the path of all processes
    import pytest  # noqa: PLC0415 - it must see the variables from above

    return pytest.main(order["arguments"])


def read(modules: Path) -> list[str]:
    """List the modules that the last run has imported; none before the first."""
    try:
        return modules.read_text("utf-8").split()
    except OSError:
        return []


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
