"""What the file system refuses, as messages."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from workshop.errors import WorkshopError
from workshop.services.place import Place


@contextmanager
def readable_failures(place: Place) -> Iterator[None]:
    """Turn an `OSError` about a service's files into a message.

    Raises:
        WorkshopError: no space, no rights, or something else lies where a directory should be.

    """
    try:
        yield
    except OSError as error:
        message = "services-disk-full" if error.errno == errno.ENOSPC else "services-unwritable"
        raise WorkshopError(
            message,
            exit_code=3,
            path=str(error.filename or place.directory),
            reason=os.strerror(error.errno) if error.errno else str(error),
        ) from error
