"""Columns that many tables share."""

from datetime import UTC, datetime

from sqlalchemy import func
from sqlalchemy.orm import Mapped, mapped_column


class DateMixin:
    """When a row was made and last changed; the database's clock, in UTC."""

    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class SoftDeleteMixin:
    """A row that is marked as deleted instead of removed.

    Every select, relationship and ``session.get`` of our sessions leaves such rows out; see
    `app.core.db.soft_delete`, which also tells how to ask for them.
    """

    deleted_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def is_deleted(self) -> bool:
        """Whether the row counts as deleted."""
        return self.deleted_at is not None

    def soft_delete(self) -> None:
        """Mark as deleted; a second call keeps the first time."""
        self.deleted_at = self.deleted_at or datetime.now(UTC)

    def restore(self) -> None:
        """Bring back to life."""
        self.deleted_at = None
