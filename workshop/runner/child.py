"""The guard between the tool and one process: when the tool is gone, the process ends.

Run as a file; its arguments are the seconds of grace and the command to start. The tool holds the
other end of this guard's standard input and never writes to it. The pipe closes when the tool
closes it (that is how a stop is asked for) and when the tool dies in whatever way, SIGKILL
included; both take the same path. It needs neither Linux's ``PR_SET_PDEATHSIG`` nor a signal that
Windows lacks.

The guard leads a session and process group of its own, so Ctrl-C in the terminal reaches the tool
alone, and the whole group can be signalled. Only the standard library is imported: the guard is
started with ``-I -S`` to cost some 15 ms.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

NOT_STARTED = 127
"""Exit code when the command cannot be started; the shell's convention."""

WINDOWS = os.name == "nt"

OWN_GROUP = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
"""On Windows only a group of its own can be sent Ctrl-Break; elsewhere the guard leads it."""


def main(grace: float, command: list[str]) -> int:
    """Start the command, stop it when standard input closes, and return its exit code.

    Args:
        grace: seconds between SIGTERM and SIGKILL.
        command: the program and its arguments.

    """
    if not WINDOWS:
        # A handler, not SIG_IGN: that would be inherited by the command.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: None)
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, creationflags=OWN_GROUP)
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        return NOT_STARTED
    closing = threading.Event()
    watch = threading.Thread(target=_watch_input, args=(process, closing, grace), daemon=True)
    watch.start()
    code = process.wait()
    if closing.is_set():
        _kill(process)  # what the command itself has started and not stopped
    return code if code >= 0 else 128 - code


def _watch_input(process: subprocess.Popen[bytes], closing: threading.Event, grace: float) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    closing.set()
    _terminate(process)
    time.sleep(grace)
    _kill(process)


def _terminate(process: subprocess.Popen[bytes]) -> None:
    if WINDOWS:
        process.send_signal(getattr(signal, "CTRL_BREAK_EVENT", signal.SIGTERM))
    else:
        os.killpg(0, signal.SIGTERM)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if WINDOWS:
        tree = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(tree, check=False, capture_output=True)
    else:
        os.killpg(0, signal.SIGKILL)  # the guard too: nobody waits for its exit code now


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
