"""What the person at the terminal sees."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from workshop.messages import text
from workshop.runner.interrupts import Interrupts

PREFIX_COLOURS = ("36", "33", "32", "35", "34", "96", "93", "92", "95", "94")
"""SGR codes: cyan, yellow, green, magenta, blue, and their bright sisters. Red means an error."""

BOLD, DIM, RED, YELLOW = "1", "2", "31", "33"


class Output:
    """Writes lines to standard output; a closed output is a reason to stop, not an error.

    A terminal that is closed, or ``workshop run | head``, must not keep the processes from being
    stopped in order.
    """

    def __init__(self, interrupts: Interrupts) -> None:
        self._interrupts = interrupts
        self._coloured = takes_colours()
        self._prefixes: dict[str, str] = {}

    def say(self, message: str = "", style: str = "") -> None:
        """Print a message of the tool."""
        self._write("\n".join(self._paint(line, style) for line in message.splitlines()) + "\n")

    @contextmanager
    def stage(self, message_id: str, **arguments: str) -> Iterator[None]:
        """Print what is being done and, when it is done, how long it took."""
        started = time.monotonic()
        self._write(f"  {text(message_id, **arguments)} … ")
        try:
            yield
        except BaseException:
            self._write("\n")
            raise
        self._write(f"{text('run-seconds', seconds=time.monotonic() - started)}\n")

    def name_processes(self, names: list[str]) -> None:
        """Give each process its prefix: names of one width, a colour each."""
        width = max(map(len, names), default=0)
        for position, name in enumerate(names):
            colour = PREFIX_COLOURS[position % len(PREFIX_COLOURS)]
            self._prefixes[name] = self._paint(f"{name.ljust(width)} │", colour) + " "

    def line(self, name: str, content: str) -> None:
        """Print a line of a process."""
        self._write(f"{self._prefixes.get(name, '')}{content}\n")

    def _paint(self, content: str, style: str) -> str:
        return f"\033[{style}m{content}\033[0m" if self._coloured and style and content else content

    def _write(self, content: str) -> None:
        try:
            sys.stdout.write(content)
            sys.stdout.flush()
        except (OSError, ValueError):
            self._interrupts.output_closed()
            forget_output()


def takes_colours() -> bool:
    """Tell whether standard output is a terminal that shows colours and wants them."""
    console = Console()  # knows NO_COLOR, TERM=dumb and old Windows consoles
    return console.is_terminal and not console.no_color and not console.legacy_windows


def prepare_output() -> None:
    """Show a question mark for a letter that the terminal's encoding lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def forget_output() -> None:
    """Send what is still printed nowhere, so that the interpreter ends without complaint."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
