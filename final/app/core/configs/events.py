"""How events travel between processes."""

from itertools import permutations
from typing import Annotated, Self

from pydantic import Field, PositiveFloat, PositiveInt, model_validator

from app.core.configs.base import BaseConfig
from app.core.configs.cache import CacheConfig
from app.core.configs.queue import QueueConfig
from app.core.configs.rate_limiter import RateLimiterConfig


class EventsConfig(BaseConfig):
    """Settings of the streams; every process of the app needs the same."""

    EVENTS_PREFIX: str = "events"
    EVENTS_PARTITIONS: Annotated[int, Field(ge=1, le=256)] = 8
    """So many events may be handled at once by one group. To change it, let everything drain."""
    EVENTS_MAX_LENGTH: PositiveInt = 100_000
    """Events that may wait in one stream; further ones wait in PostgreSQL."""

    @model_validator(mode="after")
    def keep_apart(self) -> Self:
        """Refuse what another part has too: it would clear these keys, or take them for its own."""
        prefixes = {
            "RATE_LIMITER_PREFIX": RateLimiterConfig().RATE_LIMITER_PREFIX,
            "CACHE_NAMESPACE": CacheConfig().CACHE_NAMESPACE,
            "QUEUE_PREFIX": QueueConfig().QUEUE_PREFIX,
            "EVENTS_PREFIX": self.EVENTS_PREFIX,
        }
        for (name, prefix), (other, longer) in permutations(prefixes.items(), 2):
            if f"{longer}:".startswith(f"{prefix}:"):
                raise ValueError(f"{other} must not begin like {name}, {prefix!r}")
        return self

    @property
    def dead_key(self) -> str:
        """The stream of events that were given up."""
        return f"{self.EVENTS_PREFIX}:dead"

    def stream_key(self, topic: str, partition: int) -> str:
        """Name one of a topic's streams."""
        return f"{self.EVENTS_PREFIX}:{topic}:{partition}"

    def stream_keys(self, topic: str) -> tuple[str, ...]:
        """Name all streams of a topic."""
        return tuple(self.stream_key(topic, number) for number in range(self.EVENTS_PARTITIONS))

    def mark_key(self, partition: int) -> str:
        """Name what remembers how many batches a partition was given."""
        return f"{self.EVENTS_PREFIX}:batches:{partition}"


class RelayConfig(BaseConfig):
    """Settings of the relay; times are in seconds."""

    RELAY_POLL: PositiveFloat = 1.0
    """A look at the outbox without being woken: notifications can get lost."""
    RELAY_BATCH: PositiveInt = 100
    """Events per transaction."""
    RELAY_MAX_BACKOFF: PositiveFloat = 10.0
    """The longest pause while PostgreSQL or Redis does not answer."""
    RELAY_TASK_GRACE: PositiveFloat = 5.0
    """After that, a task that its own process has not queued counts as forgotten."""
    RELAY_KEEP: PositiveFloat = 86_400.0
    """A sent event is kept for so long: a Redis that lost it is given it again."""
    RELAY_TIDY_EVERY: PositiveFloat = 10.0
    RELAY_STOP_TIMEOUT: PositiveFloat = 5.0
    """What a stopping process waits for the batch at hand."""


class ConsumersConfig(BaseConfig):
    """Settings of consumers; times are in seconds."""

    CONSUMER_CONCURRENCY: PositiveInt = 4
    """Events that one process handles at once, per group."""
    CONSUMER_TIMEOUT: PositiveFloat = 10.0
    """A handler that takes longer is cancelled, and has failed."""
    CONSUMER_CLAIM_AFTER: PositiveFloat = 15.0
    """An event that has been with one process for so long lost it: another one begins anew."""
    CONSUMER_RETRY_DELAY: PositiveFloat = 1.0
    """Between the first try and the second one; it doubles from try to try."""
    CONSUMER_MAX_DELIVERIES: PositiveInt = 5
    """After so many the event is parked, and those behind it go on."""
    CONSUMER_STOP_TIMEOUT: PositiveFloat = 7.0
    """What a stopping process waits for the events at hand."""
    INBOX_KEEP: PositiveFloat = 7 * 86_400.0
    """For so long a group remembers what it has handled; a dead event that is older stays dead."""
    RELAY_KEEP: PositiveFloat = 86_400.0
    PURGE_INBOX_CRON: str = "27 3 * * *"
    """Minute, hour, day, month, day of the week, in UTC."""

    @model_validator(mode="after")
    def leave_time_to_finish(self) -> Self:
        """Refuse to begin anew while the first one may still be at it."""
        if self.CONSUMER_CLAIM_AFTER <= self.CONSUMER_TIMEOUT:
            raise ValueError("CONSUMER_CLAIM_AFTER must be greater than CONSUMER_TIMEOUT")
        return self

    @model_validator(mode="after")
    def remember_longer_than_the_outbox(self) -> Self:
        """Refuse to forget what may be sent again."""
        if self.INBOX_KEEP <= self.RELAY_KEEP:
            raise ValueError("INBOX_KEEP must be greater than RELAY_KEEP")
        return self
