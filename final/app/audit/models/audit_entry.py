"""The trail: what happened, in the order in which it happened to each user."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, String, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import BaseModel


class AuditEntry(BaseModel):
    """One event. No foreign key: the trail outlives the users, and may move elsewhere.

    Nothing makes ``event_id`` unique here, on purpose: that each event has one row is the work of
    the inbox, and the tests count.
    """

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    event_id: Mapped[UUID]
    event: Mapped[str] = mapped_column(String(200), index=True)
    """Its name, without the version."""
    user_id: Mapped[int] = mapped_column(BigInteger, index=True)
    """To whom it happened."""
    actor_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    """Who did it; None: nobody had logged in, as when somebody registers."""
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    occurred_at: Mapped[datetime] = mapped_column(index=True)
    request_id: Mapped[str | None] = mapped_column(String(64))
    """Of the request in which it happened, as in the logs."""
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
