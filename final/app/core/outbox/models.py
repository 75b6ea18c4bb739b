"""What waits in the database for its way out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, SmallInteger, String, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import BaseModel


class OutboxEvent(BaseModel):
    """An event that was committed with what it tells of.

    Ids are given in the order in which the rows are written, so the events of one row of the app
    are in order as long as each change locks that row first, which every UPDATE does.
    """

    __tablename__ = "outbox_events"
    __table_args__ = (
        Index(
            "ix_outbox_events_waiting", "partition", "id", postgresql_where=text("batch IS NULL")
        ),
        Index("ix_outbox_events_sent_at", "sent_at", postgresql_where=text("sent_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    event_id: Mapped[UUID]
    topic: Mapped[str] = mapped_column(String(100))
    partition: Mapped[int] = mapped_column(SmallInteger)
    key: Mapped[str] = mapped_column(String(200))
    type: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    context: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    batch: Mapped[int | None] = mapped_column(BigInteger)
    """In which batch of its partition it was sent; None: not yet."""
    sent_at: Mapped[datetime | None]


class OutboxPartition(BaseModel):
    """One row per partition: whoever holds its lock is the only relay that sends from it."""

    __tablename__ = "outbox_partitions"

    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    last_batch: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))


class OutboxTask(BaseModel):
    """A task that was committed; gone as soon as it is queued, its secrets with it."""

    __tablename__ = "outbox_tasks"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    task: Mapped[str] = mapped_column(String(200))
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    secrets: Mapped[str] = mapped_column(Text)
    """Names of arguments, with commas between them."""
    context: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)
