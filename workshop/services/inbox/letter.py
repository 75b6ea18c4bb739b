"""A message as a person reads it, whatever its sender did to the rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from email.utils import parsedate_to_datetime

URL = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


@dataclass(frozen=True)
class Letter:
    """The readable parts of a message; what is missing is empty."""

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    attachments: tuple[str, ...]

    def header(self, name: str) -> str:
        """Give the first header of a name; "" when there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def sent_at(self) -> datetime | None:
        """The date in its header, on this machine's clock; None when no clock could show it."""
        try:
            written = parsedate_to_datetime(self.header("Date"))
            return (written if written.tzinfo else written.replace(tzinfo=UTC)).astimezone()
        except (ValueError, OverflowError, OSError):
            return None

    @property
    def links(self) -> list[str]:
        """The addresses in the text, each once."""
        return list(dict.fromkeys(URL.findall(self.text)))


def read_letter(content: bytes) -> Letter:
    """Read a message; one that breaks every rule has at least its characters shown.

    The older of Python's two parsers, which never raises.
    """
    message = message_from_bytes(content, policy=compat32)
    text, html, attachments = "", "", []
    for part in message.walk():
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or part.get_filename():
            attachments.append(_decode(part.get_filename() or kind))
        elif kind == "text/html":
            html = html or _read_text(part)
        elif kind == "text/plain":
            text = text or _read_text(part)
        else:
            attachments.append(kind)
    return Letter(read_headers(message), text, html, tuple(attachments))


def read_headers(message: Message) -> tuple[tuple[str, str], ...]:
    """Decode every header."""
    return tuple((name, _decode(str(value))) for name, value in message.raw_items())


def _decode(value: str) -> str:
    """Decode a header: raw UTF-8 (RFC 6532), encoded words (RFC 2047), or what is left of them."""
    raw = " ".join(_replace_surrogates(value).split())
    if "=?" not in raw:
        return raw
    try:
        return _replace_surrogates(str(make_header(decode_header(raw))))
    except (MessageError, ValueError, LookupError):
        return raw


def _read_text(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, ValueError):
        return content.decode("utf-8", errors="replace")


def _replace_surrogates(value: str) -> str:
    return value.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace")
