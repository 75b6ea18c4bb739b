"""Where lines go: to a stream, and never back to whoever logs as an exception."""

import logging
from contextlib import suppress
from typing import TextIO


class LogHandler(logging.StreamHandler[TextIO]):
    """Writes each line at once, in the thread that logs.

    A queue and a thread for it would not make it faster: to format a line takes ten times as long
    as to write it, and Python runs one thread at a time. It would lose the last lines of a process
    that is killed, which are the ones somebody will look for.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; if it cannot be made, one that says where in the code that is."""
        try:
            line = self.format(record)
        except Exception as error:  # noqa: BLE001 - a line is never worth a request
            line = self._replace(record, error)
        # A closed stream, or a pipe that nobody reads any more: there is no place to complain.
        with suppress(OSError, ValueError):
            self._write(line)

    def _replace(self, record: logging.LogRecord, error: Exception) -> str:
        where = f"{record.pathname}:{record.lineno}"
        lost = logging.LogRecord(
            record.name,
            logging.ERROR,
            record.pathname,
            record.lineno,
            "a line of the log could not be made: %s at %s",
            (type(error).__name__, where),
            None,
        )
        with suppress(Exception):
            return self.format(lost)
        return f"a line of the log could not be made at {where}"

    def _write(self, line: str) -> None:
        try:
            self.stream.write(f"{line}\n")
        except UnicodeEncodeError:
            self.stream.write(line.encode("ascii", "backslashreplace").decode() + "\n")
        self.stream.flush()
