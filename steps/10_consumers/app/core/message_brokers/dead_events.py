"""Events that a group gave up, for people to look at."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any, Self

from faststream.redis.parser import BinaryMessageFormatV1
from pydantic import ValidationError
from redis.asyncio import Redis

from app.core.configs.events import EventsConfig
from app.core.message_brokers.event_stream import Delivery
from app.core.message_brokers.exceptions import DeadEventError, ForgottenEventError
from app.core.message_brokers.integration_event import BaseIntegrationEvent, now

logger = logging.getLogger(__name__)

DATA = "__data__"
"""The field of a stream's entry that holds the message, as FastStream writes it."""
STREAM, GROUP, TYPE, ERROR = "stream", "group", "type", "error"
UNREADABLE = "?"
MOST = 10_000
"""The oldest make room for the newest, which are about what goes wrong now."""
LONGEST_ERROR = 500

PARK = """
if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 1 then
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[3], '*', unpack(ARGV, 4))
  return 1
end
return 0
"""
"""Whoever acknowledges an event gives it up: a reader that was too slow comes second."""

RETRY = f"""
if redis.call('XDEL', KEYS[1], ARGV[1]) == 1 then
  redis.call('XADD', KEYS[2], '*', '{DATA}', ARGV[2])
end
"""
"""Whoever removes a letter sends it: two people who retry it at once make one event."""


@dataclass(frozen=True)
class DeadEvent:
    """An event that was given up by one group."""

    id: str
    stream: str
    group: str
    type: str
    error: str
    data: bytes

    @property
    def died_at(self) -> datetime:
        """When it was given up, by Redis's clock: an entry's id begins with it."""
        return datetime.fromtimestamp(int(self.id.partition("-")[0]) / 1000, UTC)

    @property
    def age(self) -> float:
        """Seconds since it happened; 0 for what is no event, which nobody can have handled."""
        body, _ = BinaryMessageFormatV1.parse(self.data)
        try:
            event = BaseIntegrationEvent.model_validate_json(body)
        except ValidationError:
            return 0
        return (now() - event.occurred_at).total_seconds()

    @classmethod
    def read(cls, entry_id: bytes, fields: dict[bytes, bytes]) -> Self:
        """Read an entry of the stream."""
        stream, group, kind, error = (
            fields[name.encode()].decode() for name in (STREAM, GROUP, TYPE, ERROR)
        )
        return cls(entry_id.decode(), stream, group, kind, error, fields[DATA.encode()])


class DeadEvents:
    """A stream of them."""

    def __init__(self, redis: Redis, config: EventsConfig) -> None:
        self._redis = redis
        self._key = config.dead_key
        self._park = redis.register_script(PARK)
        self._retry = redis.register_script(RETRY)

    async def park(
        self, delivery: Delivery, group: str, event_type: str, error: BaseException
    ) -> None:
        """Give an event up, and acknowledge it in the same step: those behind it go on.

        Once: if another reader was given it meanwhile and has ended with it, nothing happens.
        """
        text = describe_error(error)
        fields: dict[str, str | bytes] = {
            STREAM: delivery.stream,
            GROUP: group,
            TYPE: event_type,
            ERROR: text,
            DATA: delivery.fields.get(DATA.encode(), b""),
        }
        keys = [delivery.stream, self._key]
        flat = chain.from_iterable(fields.items())
        if await self._park(keys=keys, args=[group, delivery.id, MOST, *flat]):
            logger.error("%s gave up %s (%r): %s", group, event_type, delivery.id, text)

    async def read(self) -> list[DeadEvent]:
        """Give all of them, the oldest first."""
        entries: Any = await self._redis.xrange(self._key)
        return [DeadEvent.read(*entry) for entry in entries]

    async def retry(self, event_id: str, inbox_keep: float) -> DeadEvent:
        """Send the event again, behind all others; groups that have handled it will know.

        Args:
            event_id: as `read` gives it.
            inbox_keep: seconds that groups remember what they have handled, see `ConsumersConfig`.

        Raises:
            DeadEventError: there is no such event.
            ForgottenEventError: it is so old that they may not know any more.

        """
        for dead in await self.read():
            if dead.id == event_id:
                if dead.age > inbox_keep:
                    raise ForgottenEventError(event_id, dead.group, inbox_keep)
                await self._retry(keys=[self._key, dead.stream], args=[dead.id, dead.data])
                return dead
        raise DeadEventError(f"There is no dead event {event_id}.")

    async def purge(self) -> int:
        """Remove all; returns how many there were."""
        return int(await self._redis.xtrim(self._key, maxlen=0, approximate=False))


def describe_error(error: BaseException) -> str:
    """Say in one line what happened: SQLAlchemy shows parameters in the lines below it."""
    first_line = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {first_line}"[:LONGEST_ERROR].removesuffix(": ")
