"""What the tests of mail share."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from redis.asyncio import Redis

from app.core.configs import app_config
from app.core.configs.queue import QueueConfig
from app.core.services.mail import MailService, SMTPConfig
from app.core.services.mail.message import MessageBuilder
from app.core.services.mail.sender import SMTPSender
from app.core.services.queue import BaseTask, QueueService
from app.core.services.queue.dead_letters import DeadLetters
from tests.fixtures.mail_server import MailServer


class NoQueue(QueueService):
    """Stands where nothing is queued."""

    async def push(self, *, task: type[BaseTask], data: Mapping[str, Any] | None = None) -> None:
        """Refuse."""
        raise NotImplementedError


@pytest.fixture
async def mail(mail_server: MailServer) -> AsyncIterator[MailService]:
    """Make the service from the settings of this test; what it sends, it sends at once."""
    del mail_server  # it is among the settings
    config = SMTPConfig()
    sender = SMTPSender(config)
    yield MailService(config, MessageBuilder(app_config, config), sender, NoQueue())
    await sender.close()


@pytest.fixture
def dead_letters(redis: Redis, queue: QueueConfig) -> DeadLetters:
    """Read what was given up."""
    return DeadLetters(redis, queue)
