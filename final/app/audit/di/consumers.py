"""What the module listens to."""

from app.audit.consumers.users import (
    record_blocked,
    record_changed,
    record_deleted,
    record_registered,
)
from app.auth.integration_events.users import (
    UserBlocked,
    UserChanged,
    UserDeleted,
    UserRegistered,
)
from app.core.message_brokers import Consumer, ConsumerTable

CONSUMERS: ConsumerTable = (
    Consumer(
        "audit",
        (
            (UserRegistered, record_registered),
            (UserChanged, record_changed),
            (UserBlocked, record_blocked),
            (UserDeleted, record_deleted),
        ),
    ),
)
