"""What the app asks of a message broker, whichever it is."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from app.core.message_brokers.integration_event import BaseIntegrationEvent


@dataclass(frozen=True)
class Message:
    """An event on its way."""

    id: str
    topic: str
    key: str
    type: str
    body: bytes
    """The event as JSON."""
    context: Mapping[str, str] = field(default_factory=dict)
    """What ties the log lines of all processes together, such as the request's id."""

    @classmethod
    def of(cls, event: BaseIntegrationEvent, context: Mapping[str, str] | None = None) -> "Message":
        """Write an event down."""
        body = event.model_dump_json().encode()
        topic = event.__topic__
        return cls(str(event.id), topic, event.key, event.get_type(), body, context or {})


def partition_of(key: str, partitions: int) -> int:
    """Choose one of the streams: always the same for the same key, in every process."""
    return crc32(key.encode()) % partitions


@dataclass(frozen=True)
class Mark:
    """Says that a batch is number N of its partition, from 1."""

    partition: int
    batch: int


class BaseMessageBroker(ABC):
    """Carries messages to whoever wants them. Another technology is another class.

    What arrives may arrive twice. Messages of one key stay in order.
    """

    @abstractmethod
    async def start(self) -> None:
        """Get ready; does not wait for a broker that is away."""

    @abstractmethod
    async def close(self) -> None:
        """Let go of all connections."""

    @abstractmethod
    async def publish(self, messages: Sequence[Message], mark: Mark | None = None) -> None:
        """Publish all or none, in order.

        Args:
            messages: of one partition, if they are marked.
            mark: what the broker remembers them by.

        Raises:
            BatchesLostError: the broker has not got the batch before this one any more.
            BrokerFullError: too much waits there already.
            BrokerUnavailableError: it does not answer. What was sent may have arrived.

        """

    @abstractmethod
    async def read_marks(self, partitions: Sequence[int]) -> Mapping[int, int]:
        """Return the last batch that the broker has, by partition; one that loses none gives {}.

        Raises:
            BrokerUnavailableError: it does not answer.

        """

    @abstractmethod
    async def trim(self) -> int:
        """Forget what every reader has handled; returns how many messages, if the broker knows.

        Raises:
            BrokerUnavailableError: it does not answer.

        """
