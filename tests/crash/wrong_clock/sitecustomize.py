"""A wrong clock: Python imports this at the start of a process that has the folder in its path.

Only the time of day is wrong. What counts seconds, as event loops and time limits do, goes on.
"""

import os
import signal
import time

import time_machine

HOUR = 3600.0

clock = time_machine.travel(time.time() + float(os.environ["CLOCK_AHEAD"]), tick=True).start()


def move(number: int, _frame: object) -> None:
    """Put the clock forward at SIGUSR1 and back at SIGUSR2, while the process works."""
    clock.shift(HOUR if number == signal.SIGUSR1 else -HOUR)


signal.signal(signal.SIGUSR1, move)
signal.signal(signal.SIGUSR2, move)
