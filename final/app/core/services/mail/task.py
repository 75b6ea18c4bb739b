"""Sending in the background."""

from typing import ClassVar

from dishka import FromDishka
from taskiq import TaskiqMessage

from app.core.services.mail.email_data import EmailData
from app.core.services.mail.exceptions import MailRefusedError
from app.core.services.mail.message import MessageBuilder, Postmark
from app.core.services.mail.sender import SMTPSender
from app.core.services.mail.template import MailContent
from app.core.services.queue import BaseTask, inject
from app.core.services.queue.dead_letters import DeadLetters


class SendEmail(BaseTask):
    """Send a message that was rendered when it was queued.

    A second run sends it again, with the same Message-ID and date. While the server does not take
    it, the queue tries later; what it will never take is given up at once.
    """

    __task_name__ = "mail.send"
    # Links in it open accounts, and addresses of people do not belong in logs.
    __secrets__: ClassVar[frozenset[str]] = frozenset({"content", "email_data"})

    @staticmethod
    @inject
    async def run(  # noqa: PLR0913, PLR0917 - the container gives most of them
        content: dict[str, str],
        email_data: dict[str, str],
        mark: dict[str, str],
        builder: FromDishka[MessageBuilder],
        sender: FromDishka[SMTPSender],
        dead_letters: FromDishka[DeadLetters],
        task: FromDishka[TaskiqMessage],
    ) -> None:
        """Send it.

        Raises:
            MailUnavailableError: the server does not take it now.

        """
        message = builder.build(MailContent(**content), EmailData(**email_data), Postmark(**mark))
        try:
            await sender.send(message)
        except MailRefusedError as error:
            await dead_letters.park(task, error)
