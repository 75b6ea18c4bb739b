"""Whoever has registered is welcomed.

The message is queued in the transaction in which the event is noted as handled: once or not at all.
"""

from datetime import UTC, datetime, timedelta

from dishka import FromDishka

from app.auth.emails.welcome import Welcome
from app.auth.integration_events.users import UserRegistered
from app.auth.repositories.user import UserRepository
from app.core.configs import AppConfig
from app.core.message_brokers import Consumer, ConsumerTable
from app.core.services.mail import EmailData, MailService

SUBJECT = "Welcome"
TOO_LATE = timedelta(days=1)
"""A new group hears of everything that the stream still holds."""


async def welcome(
    event: UserRegistered,
    users: FromDishka[UserRepository],
    mail: FromDishka[MailService],
    config: FromDishka[AppConfig],
) -> None:
    """Queue a message to the address of now, if there still is somebody to welcome."""
    if event.occurred_at < datetime.now(UTC) - TOO_LATE:
        return
    user = await users.lock_active(event.payload.user_id)
    if user is None:
        return
    await mail.queue(
        template=Welcome(project_name=config.PROJECT_NAME, username=user.username),
        email_data=EmailData(subject=SUBJECT, recipient=user.email),
    )


CONSUMERS: ConsumerTable = (Consumer("welcome", ((UserRegistered, welcome),)),)
