"""Mail: a few connections per process, one service per request."""

from collections.abc import AsyncIterator

from dishka import Provider, Scope, provide

from app.core.configs.mail import SMTPConfig
from app.core.services.mail import MailService
from app.core.services.mail.message import MessageBuilder
from app.core.services.mail.sender import SMTPSender
from app.core.services.mail.task import SendEmail
from app.core.services.queue import TaskRegistry, TaskTable
from app.core.services.queue.dead_letters import DeadLetters

TASKS: TaskTable = (SendEmail,)


def register_mail_tasks(registry: TaskRegistry) -> None:
    """Tell the workers."""
    registry.register(*TASKS)


class MailProvider(Provider):
    """Reads the settings as soon as it is made, so that an unsafe one stops the start."""

    scope = Scope.APP

    def __init__(self) -> None:
        super().__init__()
        self._config = SMTPConfig()

    @provide
    def config(self) -> SMTPConfig:
        """Give the settings."""
        return self._config

    @provide
    async def sender(self, config: SMTPConfig) -> AsyncIterator[SMTPSender]:
        """Make the sender; nothing is connected until the first message."""
        sender = SMTPSender(config)
        yield sender
        await sender.close()

    builder = provide(MessageBuilder)
    dead_letters = provide(DeadLetters)
    service = provide(MailService, scope=Scope.REQUEST)
