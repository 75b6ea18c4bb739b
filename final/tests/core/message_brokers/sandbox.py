"""Events and handlers for tests, and a process that runs them: ``python -m`` this module."""

import asyncio
import logging
import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dishka import FromDishka, Provider, Scope, provide
from faststream import FastStream
from pydantic import BaseModel
from redis.asyncio import Redis
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from app.consumers import init_consumers
from app.core.configs import AppConfig, app_config
from app.core.configs.events import EventsConfig
from app.core.log.context import get_context
from app.core.message_brokers import (
    BaseIntegrationEvent,
    Consumer,
    ConsumerTable,
    Message,
)
from app.core.message_brokers.broker import partition_of
from app.core.outbox.models import OutboxEvent

TOPIC = "sandbox"
NOTES = "sandbox_notes"
TRIES = 3
"""As many as the settings of the tests allow."""
WRITE = text("INSERT INTO sandbox_notes (key, text, who) VALUES (:key, :text, :who)")


class Note(BaseModel):
    """What a handler is to write, and what it is to do besides."""

    text: str
    deed: Literal["write", "fail", "recover", "sleep", "hang", "die", "lose_database"] = "write"


class Noted(BaseIntegrationEvent):
    """Something to write down."""

    __topic__ = TOPIC

    name: Literal["sandbox.noted"] = "sandbox.noted"
    version: Literal[1] = 1
    payload: Note


class NotedBetter(BaseIntegrationEvent):
    """What a newer program says."""

    __topic__ = TOPIC

    name: Literal["sandbox.noted"] = "sandbox.noted"
    version: Literal[2] = 2
    payload: Note


class Whispered(BaseIntegrationEvent):
    """What nobody here listens to."""

    __topic__ = TOPIC

    name: Literal["sandbox.whispered"] = "sandbox.whispered"
    version: Literal[1] = 1
    payload: Note


def make(
    key: str, line: str, kind: type[Noted | NotedBetter | Whispered] = Noted, **more: str
) -> BaseIntegrationEvent:
    """Make an event about a thing."""
    return kind(key=key, payload=Note.model_validate({"text": line, **more}))


@dataclass(frozen=True)
class Tries:
    """Counts in Redis, beyond all transactions: how often was something begun?"""

    redis: Redis
    config: EventsConfig

    async def add(self, line: str) -> int:
        """Count one."""
        return int(await self.redis.incr(f"{self.config.EVENTS_PREFIX}:tries:{line}"))

    async def count(self, line: str) -> int:
        """Return how many there were."""
        return int(await self.redis.get(f"{self.config.EVENTS_PREFIX}:tries:{line}") or 0)


class TriesProvider(Provider):
    """Makes the counter."""

    tries = provide(Tries, scope=Scope.APP)


async def write_note(
    event: Noted, session: FromDishka[AsyncSession], tries: FromDishka[Tries]
) -> None:
    """Write it down, and do what else is asked at the first try."""
    number = await tries.add(event.payload.text)
    note = {"key": event.key, "text": event.payload.text, "who": get_context().get("request_id")}
    await session.execute(WRITE, note)
    match event.payload.deed:
        case "fail":
            raise RuntimeError("this event always fails")
        case "recover":
            if number <= TRIES:
                raise RuntimeError("this event fails for now")
        case "sleep":
            await asyncio.sleep(0.5)
        case "hang":
            await asyncio.sleep(60)
        case "die":
            if number == 1:
                os.kill(os.getpid(), signal.SIGKILL)
        case "lose_database":
            if number == 1:
                await session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


CONSUMERS: ConsumerTable = (Consumer("notes", ((Noted, write_note),)),)


def init_sandbox(config: AppConfig = app_config, *providers: Provider) -> FastStream:
    """Build consumers that know the sandbox."""
    return init_consumers(config, TriesProvider(), *providers, consumers=CONSUMERS)


async def read_notes(engine: AsyncEngine, key: str | None = None) -> list[str]:
    """Give what was written, in the order of the commits."""
    statement = f"SELECT text FROM {NOTES} WHERE key = coalesce(:key, key) ORDER BY id"  # noqa: S608 - a constant
    async with engine.connect() as connection:
        return list(await connection.scalars(text(statement), {"key": key}))


async def put_into_outbox(
    connection: AsyncConnection, events: Sequence[BaseIntegrationEvent], partitions: int = 4
) -> None:
    """Write rows as the app's outbox does."""
    rows: list[dict[str, Any]] = []
    for event in events:
        message = Message.of(event)
        rows.append(
            {
                "event_id": event.id,
                "topic": message.topic,
                "partition": partition_of(message.key, partitions),
                "key": message.key,
                "type": message.type,
                "body": message.body.decode(),
                "context": {},
            }
        )
    await connection.execute(insert(OutboxEvent).values(rows))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    asyncio.run(init_sandbox().run())
