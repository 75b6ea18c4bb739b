"""Tracebacks that are short enough to be read."""

import sysconfig
import traceback
from collections.abc import Iterable
from typing import Final

LIBRARIES: Final = tuple(
    {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
)


def format_exception(error: BaseException) -> str:
    """Format an exception and its causes, without the frames of libraries except the last.

    A request passes thirty of them before it reaches the app, and an error of the database thirty
    more; each cause repeats them. The last one tells who raised it.
    """
    described = traceback.TracebackException.from_exception(error)
    shorten(described, set())
    return "".join(described.format()).rstrip()


def shorten(described: traceback.TracebackException | None, seen: set[int]) -> None:
    """Leave frames out, here and in what it was caused by."""
    if described is None or id(described) in seen:
        return
    seen.add(id(described))
    kept = [frame for frame in described.stack[:-1] if not is_library(frame.filename)]
    described.stack[:] = [*kept, *described.stack[-1:]]
    for other in (described.__cause__, described.__context__, *(described.exceptions or ())):
        shorten(other, seen)


def is_library(filename: str, places: Iterable[str] = LIBRARIES) -> bool:
    """Tell whether somebody else wrote the file; generated code has no file."""
    return filename.startswith(("<", *places))
