"""A FastStream subscriber that survives what Redis, the database and its neighbours do."""

import asyncio
import logging
from dataclasses import dataclass

from faststream.redis.message import DefaultStreamMessage
from faststream.redis.subscriber.usecases import LogicSubscriber, StreamSubscriber
from pydantic import ValidationError
from redis.exceptions import RedisError, ResponseError
from typing_extensions import override

from app.core.configs.events import ConsumersConfig, EventsConfig
from app.core.db.outages import is_outage
from app.core.log.context import bound_context
from app.core.message_brokers.broker import Message
from app.core.message_brokers.dead_events import UNREADABLE, DeadEvents, describe_error
from app.core.message_brokers.event_stream import Delivery, EventStream
from app.core.message_brokers.exceptions import (
    ConsumerLostError,
    MalformedMessageError,
    ParkedError,
    UnknownVersionError,
)
from app.core.message_brokers.reading import read_message
from app.core.message_brokers.tables import Consumer

logger = logging.getLogger(__name__)

PAUSE = 1.0
"""Seconds before the next look at a Redis that does not answer."""
MOST_DOUBLINGS = 20


@dataclass(frozen=True)
class Reading:
    """What a subscriber reads, and how."""

    consumer: Consumer
    events: EventsConfig
    config: ConsumersConfig
    reader: str
    """This process's name in the group."""


class EventSubscriber(StreamSubscriber):
    """Reads several streams as one group, of each stream one event at a time.

    FastStream's own subscriber stops for ever when its group is gone, never sees again what it
    failed on, and hands a stream's entries to many processes in no order. So FastStream does what
    it does well: it parses, injects and calls. Taking, acknowledging and giving up is done here.
    """

    reading: Reading

    @override
    async def start(self) -> None:
        """Begin to read, also without Redis: it is waited for."""
        await super(LogicSubscriber, self).start()  # not the readers of the parents
        self._post_start()
        for _ in range(self.reading.config.CONSUMER_CONCURRENCY):
            self.add_task(self._read)

    @property
    def group(self) -> str:
        """The name of the group, which is also its name in the inbox."""
        return self.reading.consumer.group

    async def _read(self) -> None:
        """Take one event after another; errors of Redis pass."""
        reading = self.reading
        stream = EventStream(
            self._client,
            reading.events.stream_keys(reading.consumer.topic),
            reading.consumer.group,
            reading.reader,
            reading.config.CONSUMER_CLAIM_AFTER,
        )
        await self._join(stream)
        while self.running:
            try:
                if (delivery := await stream.take()) is not None and self.running:
                    with self.lock:  # whoever stops waits for the acknowledgement too
                        await self._handle(stream, delivery)
            except ResponseError as error:
                if "NOGROUP" not in str(error):
                    await self._wait_for_redis(error)
                    continue
                await self._join(stream)
            except RedisError as error:
                await self._wait_for_redis(error)

    async def _join(self, stream: EventStream) -> None:
        """Make what is missing and forget who is gone: at the start, and when Redis lost it all."""
        try:
            await stream.join()
        except RedisError as error:
            await self._wait_for_redis(error)

    async def _wait_for_redis(self, error: RedisError) -> None:
        if self.running:
            logger.warning("Redis does not answer: %r", error)
            await asyncio.sleep(PAUSE)

    async def _handle(self, stream: EventStream, delivery: Delivery) -> None:
        try:
            message = read_message(self.reading.consumer.topic, delivery.fields)
        except ParkedError as error:
            await self._park(delivery, UNREADABLE, error)
            return
        with bound_context(message.context):
            try:
                if self._is_ours(message):
                    self._require_deliveries_left(delivery)
                    await self._call(delivery, message)
            except ParkedError as error:
                await self._park(delivery, message.type, error)
            except Exception as error:  # noqa: BLE001 - whatever a handler raises, the next one comes
                await self._retry(stream, delivery, message.type, error)
            else:
                await stream.end(delivery)

    def _is_ours(self, message: Message) -> bool:
        """Tell whether somebody here reads it; what nobody has asked for is passed over.

        Raises:
            UnknownVersionError: we read the event, but this version is too new or too old.
            MalformedMessageError: it is not what its name promises.

        """
        events = {event.get_type(): event for event, _ in self.reading.consumer.handlers}
        if (event := events.get(message.type)) is None:
            if message.type.rpartition(".v")[0] in {each.get_name() for each in events.values()}:
                raise UnknownVersionError(message.type)
            return False
        try:
            event.model_validate_json(message.body)
        except ValidationError as error:
            wrong = error.errors()[0]
            where = ".".join(map(str, wrong["loc"]))
            raise MalformedMessageError(f"{where}: {wrong['msg']}") from error
        return True

    def _require_deliveries_left(self, delivery: Delivery) -> None:
        """Raise.

        Raises:
            ConsumerLostError: whoever touched it is gone, too often.

        """
        if delivery.times > self.reading.config.CONSUMER_MAX_DELIVERIES:
            raise ConsumerLostError(delivery.times - 1)

    async def _call(self, delivery: Delivery, message: Message) -> None:
        if delivery.times > 1:
            logger.warning("%s (%s) is delivered again", message.type, message.id)
        raw = DefaultStreamMessage(
            type="stream",
            channel=delivery.stream,
            message_ids=[delivery.id],
            data=delivery.fields,
        )
        async with asyncio.timeout(self.reading.config.CONSUMER_TIMEOUT):
            await self.process_message(raw)

    async def _retry(
        self, stream: EventStream, delivery: Delivery, event_type: str, error: Exception
    ) -> None:
        config = self.reading.config
        counts = not is_outage(error)
        if counts and delivery.times >= config.CONSUMER_MAX_DELIVERIES:
            await self._park(delivery, event_type, error)
            return
        doubled = config.CONSUMER_RETRY_DELAY * 2 ** min(delivery.times - 1, MOST_DOUBLINGS)
        delay = min(doubled, config.CONSUMER_CLAIM_AFTER)
        logger.warning("%s failed, next try in %g s: %s", event_type, delay, describe_error(error))
        await stream.postpone(delivery, delay, counts=counts)

    async def _park(self, delivery: Delivery, event_type: str, error: BaseException) -> None:
        dead = DeadEvents(self._client, self.reading.events)
        await dead.park(delivery, self.group, event_type, error)
