"""Messages on disk: one file each."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

MOST = 1000
MOST_BYTES = 500_000_000
SUFFIX = ".eml"
ID = re.compile(r"[0-9]{20}-[0-9a-f]{8}")


class Store:
    """A directory of messages as they came, with their envelopes above their headers.

    A message has its final name only when it is complete, so a process that is killed leaves no
    half of one. The oldest make room for the newest.
    """

    def __init__(self, directory: Path) -> None:
        """Use a directory that exists; clear what a killed process has left half-written."""
        self._directory = directory
        for draft in directory.glob("*.draft"):
            draft.unlink(missing_ok=True)

    def add(self, content: bytes, sender: str, recipients: Iterable[str]) -> str:
        """Keep a message; return its id, by which messages are in the order of their arrival.

        Raises:
            OSError: it cannot be written.

        """
        message_id = f"{time.time_ns():020}-{secrets.token_hex(4)}"
        envelope = f"Return-Path: <{sender}>\r\nDelivered-To: {', '.join(recipients)}\r\n"
        draft = self._path(message_id).with_suffix(".draft")
        try:
            draft.write_bytes(envelope.encode(errors="replace") + content)
            draft.replace(self._path(message_id))
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        self._make_room()
        return message_id

    def ids(self) -> list[str]:
        """Name all messages, the newest first."""
        found = self._directory.glob(f"*{SUFFIX}")
        return sorted((path.stem for path in found), reverse=True)

    def read(self, message_id: str) -> bytes:
        """Give a message.

        Raises:
            KeyError: there is none of this id.

        """
        if not ID.fullmatch(message_id):  # it comes from a browser and becomes part of a path
            raise KeyError(message_id)
        try:
            return self._path(message_id).read_bytes()
        except FileNotFoundError:
            raise KeyError(message_id) from None

    def clear(self) -> None:
        """Delete all messages."""
        for message_id in self.ids():
            self._path(message_id).unlink(missing_ok=True)

    def _make_room(self) -> None:
        kept = 0
        for number, message_id in enumerate(self.ids()):
            kept += self._path(message_id).stat().st_size
            if number >= MOST or (number and kept > MOST_BYTES):
                self._path(message_id).unlink(missing_ok=True)

    def _path(self, message_id: str) -> Path:
        return self._directory / f"{message_id}{SUFFIX}"


def received_at(message_id: str) -> datetime:
    """Tell when a message came: its id begins with the nanoseconds since the epoch."""
    return datetime.fromtimestamp(int(message_id.partition("-")[0]) / 1e9, UTC)
