"""The token in a message: who shows it, reads the mail of that address."""

from datetime import datetime
from enum import IntEnum

from sqlalchemy import BigInteger, ForeignKey, Identity, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.auth.models.user import User
from app.core.db import BaseModel, DateMixin
from app.core.db.types import IntEnumType, LowercaseString


class TokenPurpose(IntEnum):
    """What a token is good for. The numbers are in the database."""

    VERIFY_EMAIL = 1
    RESET_PASSWORD = 2


class MailToken(BaseModel, DateMixin):
    """A token that was sent and not used yet: using it removes the row.

    One row for each user and purpose, so a new token takes the place of the old one. The row holds
    a hash only: who reads the table can use nothing of it.
    """

    __tablename__ = "auth_mail_tokens"
    __table_args__ = (UniqueConstraint("token_hash"), UniqueConstraint("user_id", "purpose"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    purpose: Mapped[TokenPurpose] = mapped_column(IntEnumType(TokenPurpose))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    email: Mapped[str] = mapped_column(LowercaseString(254))
    """Where it was sent to: it says nothing about an address that the user has later."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
