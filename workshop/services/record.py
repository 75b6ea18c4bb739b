"""What is known about an embedded server between two commands."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass

from workshop.services.place import Place


@dataclass(frozen=True)
class Record:
    """One server, as it was when it was last started.

    Attributes:
        root: the checkout it was started for; a copied checkout carries the original's record.
        identity: the service's directory, see `Place.identity`.
        password: made once, kept as long as the data.
        port: on 127.0.0.1; 0 before the first start.
        pid: the server's process; 0 when it is not meant to run.
        page: port of what it shows in a browser, on 127.0.0.1; 0 where there is nothing.
        started: when that process began, in seconds since the epoch: a pid alone may be recycled.

    """

    root: str
    identity: str
    password: str
    port: int = 0
    pid: int = 0
    started: float = 0.0
    page: int = 0

    def belongs_in(self, place: Place) -> bool:
        """Tell whether the record was written for this very directory, wherever that was then."""
        try:
            return self.identity == place.identity()
        except OSError:
            return False

    def describes(self, place: Place) -> bool:
        """Tell whether the record was written for this very directory, at this path."""
        return self.root == str(place.project.root) and self.belongs_in(place)

    def copied_to(self, place: Place) -> bool:
        """Tell whether the directory was copied from another checkout, not moved."""
        return self.root != str(place.project.root) and not self.belongs_in(place)


def read_record(place: Place) -> Record | None:
    """Return the record, or nothing when there is none that can be understood."""
    try:
        return Record(**json.loads(place.record.read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError):
        return None


def write_record(place: Place, record: Record) -> None:
    """Replace the record in one step; only its owner may read it."""
    draft = place.record.with_suffix(f".{os.getpid()}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(record), file, indent=1)
    draft.replace(place.record)
