"""The side that takes mail."""

from __future__ import annotations

import asyncio
import hmac
import logging
import sys
import warnings
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from workshop.services.inbox.store import Store

LARGEST = 33_554_432
"""Bytes of a message, as at most providers."""


class Taker:
    """What aiosmtpd asks when a message has come."""

    def __init__(self, store: Store, password: str) -> None:
        """Keep messages in ``store``, for whoever knows the password."""
        self._store = store
        self._password = password

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep the message, then say so."""
        content = envelope.content
        raw = content if isinstance(content, bytes) else (content or "").encode()
        try:
            kept = self._store.add(raw, envelope.mail_from or "", envelope.rcpt_tos)
        except OSError as error:
            sys.stderr.write(f"a message could not be kept: {error}\n")
            return "452 4.3.1 Not enough room"
        return f"250 2.0.0 Kept as {kept}"

    def log_in(
        self,
        _server: SMTP,
        _session: Session,
        _envelope: Envelope,
        _mechanism: str,
        login: Any,  # noqa: ANN401 - whatever a mechanism gives
    ) -> AuthResult:
        """Check the password; the name does not matter."""
        right = isinstance(login, LoginPassword) and hmac.compare_digest(
            login.password, self._password.encode()
        )
        return AuthResult(success=right, handled=False)


async def take_mail(store: Store, password: str, port: int) -> asyncio.Server:
    """Listen for mail.

    Raises:
        OSError: the port is taken.

    """
    # Of a login without encryption, which stays on this machine; and at every connection.
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", message="Requiring AUTH while not requiring TLS")
    taker, loop = Taker(store, password), asyncio.get_running_loop()

    def answer() -> SMTP:
        return SMTP(
            taker,
            loop=loop,
            hostname="localhost",
            ident="inbox of the workshop",
            data_size_limit=LARGEST,
            enable_SMTPUTF8=True,
            authenticator=taker.log_in,
            auth_required=True,
            auth_require_tls=False,
        )

    return await loop.create_server(answer, "127.0.0.1", port)
