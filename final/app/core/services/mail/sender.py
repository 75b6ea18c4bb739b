"""Connections to the mail server."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage

import aiosmtplib
from aiosmtplib import SMTP

from app.core.configs.mail import SMTPConfig, TLSMode
from app.core.services.mail.exceptions import MailRefusedError, MailUnavailableError

PERMANENT = range(500, 600)
ABOUT_THE_MESSAGE = (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPDataError)
"""All other answers, to the connection or to the sender's address, are about us or the server."""
OF_US = {530, 534, 535, 538}
"""Permanent answers that want another login: our settings are wrong, not the message."""
GOODBYE = 421
"""The server closes the connection, as it may after any command."""


class SMTPSender:
    """Sends messages over a few connections, one per process and kept for the next message.

    A server drops connections that are idle, or when it restarts. A kept one is found dead only
    when it is used, so that message is sent again, once, over a new one. If the server had taken
    it and only its word was lost, the message arrives twice, with the same Message-ID.
    """

    def __init__(self, config: SMTPConfig) -> None:
        self._config = config
        self._idle: list[SMTP] = []
        self._free = asyncio.Semaphore(config.SMTP_CONNECTIONS)

    async def send(self, message: EmailMessage) -> None:
        """Send a message. The wait for a free connection does not count into the server's time.

        Raises:
            MailUnavailableError: the server does not take it now, or no connection becomes free.
            MailRefusedError: the server will never take it.

        """
        async with self._wait_for_turn():
            try:
                async with asyncio.timeout(self._config.SMTP_TIMEOUT):
                    await self._send(message)
            except TimeoutError as error:
                seconds = f"{self._config.SMTP_TIMEOUT:g}"
                raise MailUnavailableError(f"{self._server} took over {seconds} s") from error
            except (aiosmtplib.SMTPException, OSError) as error:
                raise self._explain(error) from error

    async def close(self) -> None:
        """Close the connections that are kept."""
        while self._idle:
            self._idle.pop().close()

    @asynccontextmanager
    async def _wait_for_turn(self) -> AsyncIterator[None]:
        """Wait for a free connection, but end before the queue ends the task: that costs a try."""
        try:
            async with asyncio.timeout(self._config.SMTP_WAIT):
                await self._free.acquire()
        except TimeoutError as error:
            seconds = f"{self._config.SMTP_WAIT:g}"
            reason = f"{self._server}: no connection was free within {seconds} s"
            raise MailUnavailableError(reason) from error
        try:
            yield
        finally:
            self._free.release()

    async def _send(self, message: EmailMessage) -> None:
        if self._idle:
            try:
                async with self._lend(self._idle.pop()) as kept:
                    await kept.send_message(message)
            except (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPResponseException) as error:
                if not has_left(error):
                    raise
            else:
                return
        async with self._lend(await self._connect()) as fresh:
            await fresh.send_message(message)

    @asynccontextmanager
    async def _lend(self, client: SMTP) -> AsyncIterator[SMTP]:
        """Keep the connection if all went well; else nobody knows what the server expects next."""
        try:
            yield client
        except BaseException:
            client.close()
            raise
        self._idle.append(client)

    async def _connect(self) -> SMTP:
        mode = self._config.SMTP_TLS
        client = SMTP(
            hostname=self._config.SMTP_HOST,
            port=self._config.SMTP_PORT,
            username=self._config.SMTP_USER or None,
            password=self._config.SMTP_PASSWORD.get_secret_value() or None,
            timeout=self._config.SMTP_TIMEOUT,
            use_tls=mode is TLSMode.TLS,
            start_tls=mode is TLSMode.STARTTLS,
            tls_context=None if mode is TLSMode.NONE else self.trust(),
        )
        try:
            await client.connect()
        except BaseException:
            client.close()
            raise
        return client

    def trust(self) -> ssl.SSLContext:
        """Know the certificates to believe: the system's, and those of the settings."""
        context = ssl.create_default_context()
        if self._config.SMTP_CA_FILE is not None:
            context.load_verify_locations(self._config.SMTP_CA_FILE)
        return context

    @property
    def _server(self) -> str:
        return f"the mail server {self._config.SMTP_HOST}:{self._config.SMTP_PORT}"

    def _explain(self, error: Exception) -> MailRefusedError | MailUnavailableError:
        """Tell a message that nobody will take from a server that does not take any now."""
        if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
            error = error.recipients[0]  # every message has one
        reason = f"{self._server}: {error}"
        if isinstance(error, aiosmtplib.SMTPResponseException):
            reason = f"{self._server}: {error.code} {error.message}"
            is_for_ever = error.code in PERMANENT and error.code not in OF_US
            if is_for_ever and isinstance(error, ABOUT_THE_MESSAGE):
                return MailRefusedError(reason)
        return MailUnavailableError(reason)


def has_left(error: Exception) -> bool:
    """Tell whether the server has closed the connection, with or without a word."""
    disconnected = isinstance(error, aiosmtplib.SMTPServerDisconnected)
    return disconnected or getattr(error, "code", None) == GOODBYE
