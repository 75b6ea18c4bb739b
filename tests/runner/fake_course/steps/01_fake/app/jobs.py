"""What the exercise of this course blanks; each in a process of its own."""

import os
import time


def first_data() -> str:
    """Give what the preparation shows."""
    return os.environ["FIRST_ADMIN_PASSWORD"]


def work() -> None:
    """Do nothing for a long time."""
    time.sleep(600)


def report() -> str:
    """Say how the work goes."""
    return "well"
