"""Events for other processes: what they are, and what carries them."""

from app.core.message_brokers.broker import BaseMessageBroker, Mark, Message
from app.core.message_brokers.integration_event import BaseIntegrationEvent
from app.core.message_brokers.tables import Consumer, ConsumerTable

__all__ = [
    "BaseIntegrationEvent",
    "BaseMessageBroker",
    "Consumer",
    "ConsumerTable",
    "Mark",
    "Message",
]
