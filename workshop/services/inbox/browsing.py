"""Which address shows what."""

from __future__ import annotations

import json
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from workshop.messages import set_language
from workshop.services.inbox.http import Answer, Request
from workshop.services.inbox.letter import Letter, read_letter
from workshop.services.inbox.pages import (
    LETTER_POLICY,
    POLICY,
    letter_html,
    letter_page,
    list_page,
)
from workshop.services.inbox.store import Store, received_at

HEAD = 65_536
"""Bytes of a message that a list reads: its headers are there."""
SHOWN = 200
"""Messages in a list; the older ones are kept all the same."""
NEWEST = 50
"""Messages in the JSON, with their texts."""
PLAIN = "text/plain; charset=utf-8"


class Browsing:
    """Answers browsers, and scripts.

    ``GET /`` is the list and ``GET /messages/ID`` a message, of which ``/html`` and ``/source`` are
    parts; ``GET /messages.json`` has the newest, and ``POST /delete`` deletes all.
    """

    def __init__(self, store: Store) -> None:
        """Show what is in ``store``."""
        self._store = store
        self._heads = lru_cache(2 * SHOWN)(self._read_head)

    def respond(self, request: Request) -> Answer:
        """Answer one request."""
        if not request.is_ours:
            return Answer(b"not for other sites\n", PLAIN, HTTPStatus.FORBIDDEN)
        asked = request.headers.get("accept-language", "en").lower()
        set_language("ru" if asked.startswith("ru") else "en")
        try:
            return self._find(request)
        except KeyError:
            return Answer(b"not found\n", PLAIN, HTTPStatus.NOT_FOUND)

    def _find(self, request: Request) -> Answer:
        match request.method, request.path.strip("/").split("/"):
            case "POST", ["delete"]:
                self._store.clear()
                return Answer(status=HTTPStatus.SEE_OTHER, headers={"Location": "/"})
            case "GET" | "HEAD", [""]:
                rows = [(one, self._heads(one)) for one in self._store.ids()[:SHOWN]]
                return _page(list_page(rows), POLICY)
            case "GET" | "HEAD", ["messages.json"]:
                found = [self._describe(one) for one in self._store.ids()[:NEWEST]]
                body = json.dumps(found, ensure_ascii=False, indent=1).encode()
                return Answer(body, "application/json")
            case "GET" | "HEAD", ["messages", message_id]:
                letter = read_letter(self._store.read(message_id))
                return _page(letter_page(message_id, letter), POLICY)
            case "GET" | "HEAD", ["messages", message_id, "html"]:
                letter = read_letter(self._store.read(message_id))
                return _page(letter_html(letter), LETTER_POLICY)
            case "GET" | "HEAD", ["messages", message_id, "source"]:
                return Answer(self._store.read(message_id), PLAIN)
        raise KeyError(request.path)

    def _read_head(self, message_id: str) -> Letter:
        return read_letter(self._store.read(message_id)[:HEAD])

    def _describe(self, message_id: str) -> dict[str, Any]:
        letter = read_letter(self._store.read(message_id))
        return {
            "id": message_id,
            "received_at": received_at(message_id).isoformat(),
            **{name: letter.header(name) for name in ("from", "to", "subject")},
            "recipients": letter.header("Delivered-To").split(", "),
            "text": letter.text,
            "html": letter.html,
            "links": letter.links,
            "headers": letter.headers,
        }


def _page(content: str, policy: str) -> Answer:
    body = content.encode(errors="replace")
    return Answer(body, headers={"Content-Security-Policy": policy})
