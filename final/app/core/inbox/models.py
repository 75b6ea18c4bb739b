"""What was handled."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import String, func
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import BaseModel


class InboxEntry(BaseModel):
    """A note that a group has handled an event; it is written with the effect."""

    __tablename__ = "inbox_entries"

    consumer: Mapped[str] = mapped_column(String(100), primary_key=True)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    handled_by: Mapped[str] = mapped_column(String(200))
    """The process: host, number and a few random characters."""
    handled_at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)
