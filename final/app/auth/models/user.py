"""The user: an account that can sign in."""

from datetime import UTC, datetime
from enum import IntEnum
from typing import Self

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.auth.models.email_events import ChangedEmailEvent
from app.auth.models.user_events import BlockedUserEvent, CreatedUserEvent, DeletedUserEvent
from app.core.db import BaseModel, DateMixin, SoftDeleteMixin
from app.core.db.types import IntEnumType, LowercaseString


class UserStatus(IntEnum):
    """Whether the account may be used. The numbers are in the database and in the API."""

    ACTIVE = 1
    BLOCKED = 2


LIVING = text("deleted_at IS NULL")


class User(BaseModel, DateMixin, SoftDeleteMixin):
    """An account. E-mail and user name are unique among those that are not deleted."""

    __tablename__ = "users"
    __table_args__ = (
        Index("uq_users_email_living", "email", unique=True, postgresql_where=LIVING),
        Index("uq_users_username_living", "username", unique=True, postgresql_where=LIVING),
        CheckConstraint("status_id IN (1, 2)", name="status_id_known"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    email: Mapped[str] = mapped_column(LowercaseString(254))
    username: Mapped[str] = mapped_column(LowercaseString(50))
    password_hash: Mapped[str] = mapped_column(String(255))
    status_id: Mapped[UserStatus] = mapped_column(
        IntEnumType(UserStatus), default=UserStatus.ACTIVE, server_default="1"
    )
    is_admin: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    email_verified_at: Mapped[datetime | None] = mapped_column(default=None)
    """When somebody showed that they read the mail of this address."""

    @validates("email", "username")
    def show_what_is_stored(self, name: str, value: str) -> str:
        """Lower the case at once, so that the object reads the same before and after a reload."""
        value = value.lower()
        if name == "email" and self.email not in {None, value}:
            self.email_verified_at = None
            self.register_event(ChangedEmailEvent(value))
        return value

    @classmethod
    def create(
        cls, email: str, username: str, password_hash: str, *, is_admin: bool = False
    ) -> Self:
        """Make a new active user; the caller adds it to a session.

        An administrator's address comes from the settings: the operator answers for it.
        """
        user = cls(email=email, username=username, password_hash=password_hash, is_admin=is_admin)
        if is_admin:
            user.verify_email()
        user.register_event(CreatedUserEvent(email=user.email, username=user.username))
        return user

    def verify_email(self) -> None:
        """Believe the address; a second time changes nothing."""
        self.email_verified_at = self.email_verified_at or datetime.now(UTC)

    def change_status(self, status: UserStatus) -> None:
        """Let the account be used, or not."""
        if status is UserStatus.BLOCKED and self.status_id is not status:
            self.register_event(BlockedUserEvent(self.id))
        self.status_id = status

    def soft_delete(self) -> None:
        """Mark as deleted; a second call keeps the first time."""
        if not self.is_deleted:
            self.register_event(DeletedUserEvent(self.id))
        super().soft_delete()
