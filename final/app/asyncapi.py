"""What the app tells and hears, as AsyncAPI: ``python -m app.asyncapi > asyncapi.json``."""

import sys
from functools import reduce
from operator import or_
from typing import Any, cast

from faststream.redis import RedisBroker, StreamSub
from faststream.specification import AsyncAPI

from app.consumers import init_consumers
from app.core.configs import AppConfig, app_config
from app.core.configs.events import EventsConfig
from app.core.message_brokers.integration_event import KNOWN


def describe(config: AppConfig = app_config) -> AsyncAPI:
    """Collect the channels; nothing is connected."""
    events = EventsConfig()
    consumers = init_consumers(config)
    broker = cast("RedisBroker", consumers.broker)
    announce(broker, events)
    return AsyncAPI(
        broker,
        title=config.PROJECT_NAME,
        version="1",
        description=f"Each channel is {events.EVENTS_PARTITIONS} streams: NAME:0, NAME:1, …",
    )


def announce(broker: RedisBroker, events: EventsConfig) -> None:
    """Document what the relay sends: one channel for each topic."""
    topics: dict[str, list[Any]] = {}
    for event in KNOWN:
        if event.__module__.startswith("app."):
            topics.setdefault(event.__topic__, []).append(event)
    for topic, told in topics.items():
        stream = StreamSub(f"{events.EVENTS_PREFIX}:{topic}")
        broker.publisher(stream=stream, schema=reduce(or_, told), title=f"{topic}:Publisher")


if __name__ == "__main__":
    sys.stdout.write(describe().to_specification().to_json() + "\n")
