"""Events per second, run in the composed app: ``python -m bench.events COUNT`` prints JSON."""
# ruff: noqa: PLC0415 - what is imported from the app is only there in the composed app

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Literal

from pydantic import BaseModel

KEYS = 500
"""Events of one key are handled one after another; an app has many users."""


class Payload(BaseModel):
    """As much as most events of the app say."""

    user_id: int


async def measure(count: int) -> dict[str, float]:
    """Send events from the outbox and let one process handle them; the handler does nothing.

    Args:
        count: how many.

    Returns:
        ``relayed`` and ``handled``, each per second.

    """
    from sqlalchemy import insert
    from sqlalchemy.ext.asyncio import AsyncEngine

    from app.consumers import init_consumers
    from app.core.configs.events import EventsConfig
    from app.core.di import create_container
    from app.core.message_brokers import BaseIntegrationEvent, Consumer, Message
    from app.core.message_brokers.broker import partition_of
    from app.core.outbox.event_relay import EventRelay
    from app.core.outbox.models import OutboxEvent

    class Pressed(BaseIntegrationEvent):  # type: ignore[misc]  # the app is not on the path of the checker
        """Nothing happened."""

        __topic__ = "bench"

        name: Literal["bench.pressed"] = "bench.pressed"
        version: Literal[1] = 1
        payload: Payload

    handled = 0

    async def handle(event: Pressed) -> None:
        nonlocal handled
        handled += event.version

    handle.__annotations__["event"] = Pressed  # as a text, nobody could find the class

    def make_row(number: int) -> dict[str, object]:
        key = f"user:{number % KEYS}"
        event = Pressed(key=key, payload=Payload(user_id=number))
        message = Message.of(event)
        partition = partition_of(key, EventsConfig().EVENTS_PARTITIONS)
        row = {"event_id": event.id, "topic": message.topic, "partition": partition, "key": key}
        return {**row, "type": message.type, "body": message.body.decode(), "context": {}}

    container = create_container()
    relay = await container.get(EventRelay)
    await relay.prepare()
    async with (await container.get(AsyncEngine)).begin() as connection:
        await connection.execute(insert(OutboxEvent), [make_row(each) for each in range(count)])
    begun = time.perf_counter()
    while await relay.send_batch():
        pass
    relayed = count / (time.perf_counter() - begun)
    await container.close()

    consumers = init_consumers(consumers=(Consumer("bench", ((Pressed, handle),)),))
    begun = time.perf_counter()
    await consumers.start()
    while handled < count:  # noqa: ASYNC110 - counted by the handler
        await asyncio.sleep(0.01)
    took = time.perf_counter() - begun
    await consumers.stop()
    return {"relayed": relayed, "handled": count / took}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(measure(int(sys.argv[1])))))
