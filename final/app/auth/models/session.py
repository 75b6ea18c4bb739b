"""The session: one login on one device."""

from datetime import datetime, timedelta
from typing import Self

from sqlalchemy import BigInteger, ForeignKey, Identity, LargeBinary, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.auth.models.user import User
from app.core.db import BaseModel, DateMixin


class AuthSession(BaseModel, DateMixin):
    """A login that can be refreshed until it expires. One that ended is a row that is gone.

    The row holds no token, only hashes of the two halves of the newest refresh token: who reads
    the table can use nothing of it. The halves are random, so a plain SHA-256 cannot be guessed
    back, as it could with passwords.
    """

    __tablename__ = "auth_sessions"
    __table_args__ = (UniqueConstraint("family_hash"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    family_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """Of the half that all refresh tokens of this login share."""
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """Of the half that changes at every refresh."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
    """Fixed at the login: refreshing does not make it later."""

    @classmethod
    def create(
        cls, user_id: int, *, family_hash: bytes, token_hash: bytes, lifetime: timedelta
    ) -> Self:
        """Make the session of a login that happens now; the caller adds it to a session."""
        return cls(
            user_id=user_id,
            family_hash=family_hash,
            token_hash=token_hash,
            expires_at=func.now() + lifetime,
        )
