"""FastStream's broker, with subscribers of our own kind."""

import logging
import os
import secrets
import socket
from collections.abc import Awaitable, Callable
from typing import Any

from faststream.message import StreamMessage
from faststream.middlewares import AckPolicy
from faststream.redis import RedisBroker, StreamSub
from faststream.redis.broker.registrator import RedisRegistrator

from app.core.configs.events import ConsumersConfig, EventsConfig
from app.core.message_brokers.event_stream import POLL
from app.core.message_brokers.event_subscriber import EventSubscriber, Reading
from app.core.message_brokers.redis_message_broker import EVENT
from app.core.message_brokers.tables import Consumer, ConsumerTable, Event
from app.core.redis import TIMEOUT


def create_event_broker(url: str, *, stop_timeout: float = 1.0) -> RedisBroker:
    """Make a broker; nothing is connected until it is used.

    Args:
        url: where Redis is.
        stop_timeout: seconds to wait at the end for the events at hand.

    """
    return RedisBroker(
        url,
        socket_timeout=POLL + TIMEOUT,  # a reader waits so long within one command
        socket_connect_timeout=TIMEOUT,
        graceful_timeout=stop_timeout,
        logger=logging.getLogger("app.faststream"),  # its own one prints what others print too
        log_level=logging.DEBUG,  # of two lines for each event
    )


def name_reader() -> str:
    """Name this process so that no other one has the name, now or later."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"


def subscribe(
    broker: RedisBroker, consumers: ConsumerTable, events: EventsConfig, config: ConsumersConfig
) -> None:
    """Let every consumer of the tables read through this broker."""
    reader = name_reader()
    for consumer in consumers:
        subscriber = create_subscriber(broker, consumer, events)
        subscriber.reading = Reading(consumer, events, config, reader)
        for event, handler in consumer.handlers:
            subscriber(handler, filter=is_of(event))


def create_subscriber(
    broker: RedisBroker, consumer: Consumer, events: EventsConfig
) -> EventSubscriber:
    """Make a subscriber; FastStream's own factory cannot be told which class."""
    stream = StreamSub(
        f"{events.EVENTS_PREFIX}:{consumer.topic}", group=consumer.group, consumer="*"
    )
    made = broker.subscriber(
        stream=stream,
        ack_policy=AckPolicy.MANUAL,
        persistent=False,
        title=f"{consumer.topic}:{consumer.group}",
    )
    subscriber = EventSubscriber(made.config, made.specification, made.calls)
    super(RedisRegistrator, broker).subscriber(subscriber)
    return subscriber


def is_of(event: Event) -> Callable[[StreamMessage[Any]], Awaitable[bool]]:
    """Make the condition under which a handler is called."""

    async def is_wanted(message: StreamMessage[Any]) -> bool:
        return bool(message.headers.get(EVENT) == event.get_type())

    return is_wanted
