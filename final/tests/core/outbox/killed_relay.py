"""A relay that is killed after it has sent a batch and before it could say so: ``python -m``."""

import asyncio
import os
import signal
from typing import Any

from app.core.di import create_container
from app.core.message_brokers import BaseMessageBroker
from app.core.outbox.event_relay import EventRelay


async def send_and_die() -> None:
    """Do what a relay does, until the moment that is the worst."""
    container = create_container()
    relay, broker = await container.get(EventRelay), await container.get(BaseMessageBroker)
    publish = broker.publish

    async def publish_and_die(*arguments: Any) -> None:  # noqa: ANN401 - passed on as they came
        await publish(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    broker.publish = publish_and_die  # the worst moment
    await relay.send_batch()


if __name__ == "__main__":
    asyncio.run(send_and_die())
