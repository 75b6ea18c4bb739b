"""Encrypted connections and logins, with a certificate of our own making."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from app.core.configs import app_config
from app.core.services.mail import EmailData, SMTPConfig
from app.core.services.mail.exceptions import MailUnavailableError
from app.core.services.mail.message import MessageBuilder, Postmark
from app.core.services.mail.sender import SMTPSender
from tests.core.services.mail.sandbox import Greeting
from tests.fixtures.mail_server import CERTIFICATE, MailServer, make_tls_context, run_mail_server

LOGIN = LoginPassword(b"app", b"hush")


def check_login(_server: Any, _session: Any, _envelope: Any, _kind: str, login: Any) -> AuthResult:  # noqa: ANN401 - aiosmtpd's signature
    """Let the app in."""
    return AuthResult(success=login == LOGIN, handled=False)


@asynccontextmanager
async def run_encrypted(**options: Any) -> AsyncIterator[MailServer]:  # noqa: ANN401 - aiosmtpd's
    """Run a server that takes nothing before STARTTLS and a login."""
    options |= {"tls_context": make_tls_context(), "require_starttls": True}
    async with run_mail_server(authenticator=check_login, auth_required=True, **options) as server:
        yield server


async def send(server: MailServer, **settings: Any) -> None:  # noqa: ANN401 - settings
    """Send a message with these settings."""
    given: dict[str, Any] = {"SMTP_USER": "app", "SMTP_PASSWORD": "hush", "SMTP_TLS": "starttls"}
    given |= {"SMTP_CA_FILE": str(CERTIFICATE), "SMTP_PORT": server.port, "SMTP_TIMEOUT": 5}
    config = SMTPConfig.model_validate(given | settings)
    email_data = EmailData("Hello", "ada@example.com")
    message = MessageBuilder(app_config, config).build(
        Greeting("Ada").render(), email_data, Postmark.create(config)
    )
    sender = SMTPSender(config)
    try:
        await sender.send(message)
    finally:
        await sender.close()


async def test_starttls_and_login() -> None:
    """The password is sent after the connection is encrypted, to a server that proved itself."""
    async with run_encrypted() as server:
        await send(server)
        await send(server, SMTP_HOST="localhost")
        assert len(server.messages) == 2


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"SMTP_CA_FILE": None}, "certificate verify failed"),
        ({"SMTP_PASSWORD": "wrong"}, "535"),
        ({"SMTP_USER": "", "SMTP_PASSWORD": ""}, "530"),
        ({"SMTP_TLS": "none", "SMTP_USER": "", "SMTP_PASSWORD": ""}, "530"),
        ({"SMTP_TLS": "none"}, "AUTH"),
    ],
    ids=["stranger", "password", "no login", "no encryption", "open login"],
)
async def test_wrong_settings_lose_no_message(settings: dict[str, Any], reason: str) -> None:
    """They are not the message's fault: the queue tries again, and the log says why."""
    async with run_encrypted() as server:
        with pytest.raises(MailUnavailableError, match=reason):
            await send(server, **settings)
        assert server.messages == []


async def test_server_without_starttls_gets_nothing() -> None:
    """Somebody in between may have cut the offer out; the message is not sent without."""
    async with run_mail_server() as server:
        with pytest.raises(MailUnavailableError, match="STARTTLS"):
            await send(server, SMTP_USER="", SMTP_PASSWORD="")
        assert server.messages == []


async def test_encryption_from_the_first_byte() -> None:
    """Port 465: the server waits for TLS before it says a word."""
    async with run_mail_server(tls=make_tls_context()) as server:
        await send(server, SMTP_TLS="tls", SMTP_USER="", SMTP_PASSWORD="")
        assert len(server.messages) == 1


async def test_system_certificates_are_still_trusted() -> None:
    """The file adds to them."""
    sender = SMTPSender(SMTPConfig.model_validate({"SMTP_CA_FILE": str(CERTIFICATE)}))
    known = len(ssl.create_default_context().get_ca_certs())
    assert len(sender.trust().get_ca_certs()) == known + 1
