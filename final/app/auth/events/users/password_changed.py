"""Whoever has another password now is told."""

from dataclasses import dataclass

from app.auth.models.email_events import ChangedPasswordEvent
from app.auth.services.account_mail import AccountMail
from app.core.events import BaseEventHandler


@dataclass(frozen=True)
class TellChangedPasswordHandler(BaseEventHandler[ChangedPasswordEvent, None]):
    """Sends a message."""

    account_mail: AccountMail

    async def __call__(self, event: ChangedPasswordEvent) -> None:
        """Queue it at once: there is no transaction here."""
        await self.account_mail.send_password_changed(email=event.email, username=event.username)
