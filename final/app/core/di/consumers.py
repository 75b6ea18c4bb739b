"""The consumers of all modules."""

from app.audit.di.consumers import CONSUMERS as AUDIT_CONSUMERS
from app.core.message_brokers.tables import ConsumerTable, require_consumers

CONSUMERS: ConsumerTable = require_consumers((*AUDIT_CONSUMERS,))
