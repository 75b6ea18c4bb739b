"""The process: ``serving.py RECORD``, where the record names ports and password."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workshop.services.inbox.browsing import Browsing
from workshop.services.inbox.http import serve_http
from workshop.services.inbox.mailing import take_mail
from workshop.services.inbox.store import Store


async def serve(record: Mapping[str, Any], data: Path) -> None:
    """Serve until the process is ended; every message that was taken is on disk."""
    store = Store(data)
    try:
        # The page first: who can send mail can read it, too.
        pages = await serve_http(Browsing(store).respond, record["page"])
        mail = await take_mail(store, record["password"], record["port"])
    except OSError as error:
        sys.exit(f"could not bind: {error}")
    async with pages, mail:
        await asyncio.gather(pages.serve_forever(), mail.serve_forever())


if __name__ == "__main__":
    path = Path(sys.argv[1])
    asyncio.run(serve(json.loads(path.read_text(encoding="utf-8")), path.with_name("data")))
