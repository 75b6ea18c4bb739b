"""Every model of the app, imported so that Alembic and relationships find them."""

from app.audit.models import AuditEntry, BlockCount
from app.auth.models import AuthSession, User
from app.core.db import BaseModel
from app.core.inbox.models import InboxEntry
from app.core.outbox.models import OutboxEvent, OutboxPartition, OutboxTask

__all__ = [
    "AuditEntry",
    "AuthSession",
    "BaseModel",
    "BlockCount",
    "InboxEntry",
    "OutboxEvent",
    "OutboxPartition",
    "OutboxTask",
    "User",
]
