"""A client's access token runs out."""

import logging
from dataclasses import dataclass, field
from hmac import compare_digest

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.exceptions import RefreshTokenInvalidError
from app.auth.models import AuthSession
from app.auth.repositories.session import SessionRepository
from app.auth.services.refresh_token import RefreshToken
from app.auth.services.token_service import Tokens, TokenService
from app.core.mediator import BaseCommand, BaseCommandHandler

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class RefreshTokens(BaseCommand[Tokens]):
    """Exchange a refresh token for new tokens; it works once."""

    refresh_token: str = field(repr=False)


@dataclass(frozen=True)
class RefreshTokensHandler(BaseCommandHandler[RefreshTokens, Tokens]):
    """Who has the newest token of a session may; the token is replaced.

    A token that comes a second time ends the session: either its thief or its owner came first,
    and nobody can tell which (RFC 9700, section 4.14.2). A client whose answer was lost on the way
    must log in again: a period of grace for it would be one for the thief.
    """

    session: AsyncSession
    sessions: SessionRepository
    tokens: TokenService

    async def __call__(self, command: RefreshTokens) -> Tokens:
        """Compare with the newest token under a lock: two requests at once take turns.

        Raises:
            RefreshTokenInvalidError: the token is unknown, expired or was used before.

        """
        shown = RefreshToken.parse(command.refresh_token)
        login = await self.sessions.lock(shown.family_hash)
        if login is None:
            raise RefreshTokenInvalidError
        if not compare_digest(login.token_hash, shown.token_hash):
            await self.end_family(login)
            raise RefreshTokenInvalidError
        following = shown.make_next()
        login.token_hash = following.token_hash
        await self.session.commit()
        return self.tokens.make_tokens(login.user_id, login.id, following)

    async def end_family(self, login: AuthSession) -> None:
        """End the session, whoever has its newest token; the commit must survive the error."""
        await self.sessions.end(login.id)
        await self.session.commit()
        logger.warning(
            "an old refresh token of user %d came back: session %d ended", login.user_id, login.id
        )
