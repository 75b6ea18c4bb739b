"""The message as it goes over the wire."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from hashlib import sha256

from app.core.configs import AppConfig
from app.core.configs.mail import SMTPConfig
from app.core.services.mail.email_data import EmailData
from app.core.services.mail.template import MailContent


@dataclass(frozen=True)
class Postmark:
    """What makes two copies of a message one message: mail programs show a known id once."""

    message_id: str
    date: str

    @classmethod
    def create(cls, config: SMTPConfig) -> "Postmark":
        """Make the mark of a new message; retries keep it."""
        domain = config.MAIL_FROM.rpartition("@")[2]
        return cls(make_msgid(domain=domain), format_datetime(datetime.now(UTC)))


@dataclass(frozen=True)
class MessageBuilder:
    """Writes messages in the name of the project."""

    app: AppConfig
    config: SMTPConfig

    def build(self, content: MailContent, email_data: EmailData, mark: Postmark) -> EmailMessage:
        """Put the two forms into one message, the text first: the last form is the best one."""
        message = EmailMessage(policy=SMTP)
        for name, value in self._headers(email_data, mark).items():
            message[name] = value
        message.set_content(content.text)
        message.add_alternative(content.html, subtype="html")
        # Else it would be random, and a second copy another message.
        message.set_boundary(sha256(mark.message_id.encode()).hexdigest()[:32])
        return message

    def _headers(self, email_data: EmailData, mark: Postmark) -> Mapping[str, str | Address]:
        name = self.config.MAIL_FROM_NAME or self.app.PROJECT_NAME
        return {
            "From": make_address(self.config.MAIL_FROM, name),
            "To": make_address(email_data.recipient),
            "Subject": email_data.subject,
            "Date": mark.date,
            "Message-ID": mark.message_id,
            "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday replies, please
        }


def make_address(address: str, name: str = "") -> Address:
    """Take the address apart: as a whole, `Address` would take letters of ASCII only."""
    user, _, domain = address.rpartition("@")
    return Address(name, user, domain)
