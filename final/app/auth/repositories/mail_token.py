"""Tokens from messages as the module's handlers ask for them."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.exceptions import MailTokenInvalidError
from app.auth.models import MailToken, TokenPurpose, User
from app.auth.repositories.user import UserRepository


def hash_token(token: str) -> bytes:
    """Give what the database keeps. The token is random, so nobody can guess it back."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


@dataclass(frozen=True)
class MailTokenRepository:
    """The tokens, through the session of the request."""

    session: AsyncSession
    users: UserRepository

    async def issue(self, user: User, purpose: TokenPurpose, lifetime: timedelta) -> str:
        """Make a token of 256 random bits; an older one of this purpose works no more.

        The caller commits, and sends it to ``user.email``.
        """
        token = secrets.token_urlsafe(32)
        values = {
            "token_hash": hash_token(token),
            "email": user.email,
            "expires_at": func.now() + lifetime,
        }
        statement = insert(MailToken).values(user_id=user.id, purpose=purpose, **values)
        target = [MailToken.user_id, MailToken.purpose]
        await self.session.execute(
            statement.on_conflict_do_update(index_elements=target, set_=values)
        )
        return token

    async def find_user(self, token: str, purpose: TokenPurpose) -> User:
        """Find whose token this is, and leave it valid.

        Raises:
            MailTokenInvalidError: nobody's, or no longer.

        """
        statement = (
            select(User)
            .join(MailToken, MailToken.user_id == User.id)
            .where(
                MailToken.token_hash == hash_token(token),
                MailToken.purpose == purpose,
                MailToken.expires_at > func.now(),
            )
        )
        user = await self.session.scalar(statement)
        if user is None:
            raise MailTokenInvalidError
        return user

    async def use(self, token: str, purpose: TokenPurpose) -> User:
        """Use a token up, and give its user, locked until the commit.

        Whoever removes the row has used it: of two requests at once, the second finds nothing.

        Raises:
            MailTokenInvalidError: it is unknown or expired, the user is not active, or has another
                address by now.

        """
        statement = (
            delete(MailToken)
            .where(
                MailToken.token_hash == hash_token(token),
                MailToken.purpose == purpose,
                MailToken.expires_at > func.now(),
            )
            .returning(MailToken.user_id, MailToken.email)
        )
        used = (await self.session.execute(statement)).one_or_none()
        user = await self.users.lock_active(used.user_id) if used else None
        if used is None or user is None or user.email != used.email:
            raise MailTokenInvalidError
        return user

    async def purge_expired(self, *, limit: int) -> int:
        """Remove some tokens that have expired; returns how many.

        Rows that somebody else is removing or replacing are left out.
        """
        expired = (
            select(MailToken.id)
            .where(MailToken.expires_at <= func.now())
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        statement = delete(MailToken).where(MailToken.id.in_(expired)).returning(MailToken.id)
        return len((await self.session.scalars(statement)).all())
