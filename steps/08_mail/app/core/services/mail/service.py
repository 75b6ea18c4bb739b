"""Where the app leaves its mail."""

from dataclasses import asdict, dataclass

from app.core.configs.mail import SMTPConfig
from app.core.services.mail.email_data import EmailData
from app.core.services.mail.message import MessageBuilder, Postmark
from app.core.services.mail.sender import SMTPSender
from app.core.services.mail.task import SendEmail
from app.core.services.mail.template import BaseTemplate
from app.core.services.queue import QueueService


@dataclass(frozen=True)
class MailService:
    """Sends mail; one per request."""

    config: SMTPConfig
    builder: MessageBuilder
    sender: SMTPSender
    queue_service: QueueService

    async def send(self, *, template: BaseTemplate, email_data: EmailData) -> None:
        """Send now, and wait for the server's word that it has the message.

        Raises:
            MailUnavailableError: the server does not take it now.
            MailRefusedError: the server will never take it.

        """
        mark = Postmark.create(self.config)
        await self.sender.send(self.builder.build(template.render(), email_data, mark))

    async def queue(self, *, template: BaseTemplate, email_data: EmailData) -> None:
        """Render now, and let a worker send it: after the commit, if there is a transaction.

        Raises:
            QueueUnavailableError: see `QueueService.push`.

        """
        data = {
            "content": asdict(template.render()),
            "email_data": asdict(email_data),
            "mark": asdict(Postmark.create(self.config)),
        }
        await self.queue_service.push(task=SendEmail, data=data)
