"""Tokens: what a client gets at a login, and what it shows afterwards."""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import uuid4

import jwt
from pydantic import BaseModel, Field, ValidationError

from app.auth.config import TokenConfig
from app.auth.exceptions import TokenExpiredError, TokenInvalidError
from app.auth.services.refresh_token import RefreshToken

logger = logging.getLogger(__name__)

ALGORITHM = "HS256"
"""Fixed here and never read from a token: its header is written by whoever made the token."""

TYPE = "at+jwt"
"""The kind of token, so that a JWT made for another purpose is no access token (RFC 9068)."""

CLAIMS = ["iss", "aud", "sub", "sid", "jti", "iat", "exp"]

Number = Annotated[int, Field(ge=1, lt=2**63)]
"""A primary key, written as text in the token."""


class AccessClaims(BaseModel):
    """What an access token says."""

    user_id: Number = Field(validation_alias="sub")
    session_id: Number = Field(validation_alias="sid")


@dataclass(frozen=True)
class Tokens:
    """What a login or a refresh gives."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in: int
    """Seconds that the access token is valid for."""


@dataclass(frozen=True)
class TokenService:
    """Makes and reads tokens.

    An access token is a signed JWT: most that are not valid are refused without the database. A
    refresh token is only looked up, so signing would add nothing to it.
    """

    config: TokenConfig

    def make_tokens(self, user_id: int, session_id: int, refresh_token: RefreshToken) -> Tokens:
        """Make the pair that the client gets."""
        return Tokens(
            access_token=self.make_access_token(user_id, session_id),
            refresh_token=str(refresh_token),
            expires_in=self.config.ACCESS_TOKEN_LIFETIME,
        )

    def make_access_token(self, user_id: int, session_id: int) -> str:
        """Sign an access token."""
        now = datetime.now(UTC)
        claims = {
            "iss": self.config.JWT_ISSUER,
            "aud": self.config.JWT_AUDIENCE,
            "sub": str(user_id),  # RFC 7519 wants text
            "sid": str(session_id),
            "jti": str(uuid4()),
            "iat": now,
            "exp": now + timedelta(seconds=self.config.ACCESS_TOKEN_LIFETIME),
        }
        return jwt.encode(claims, self._key, algorithm=ALGORITHM, headers={"typ": TYPE})

    def read_access_token(self, token: str) -> AccessClaims:
        """Check the signature, the times, the issuer, the audience and the kind.

        Raises:
            TokenExpiredError: all is right, but the time is over.
            TokenInvalidError: anything else.

        """
        try:
            decoded = self._decode(token)
            if decoded["header"].get("typ") != TYPE:
                raise TokenInvalidError
            return AccessClaims.model_validate(decoded["payload"])
        except jwt.ExpiredSignatureError:
            raise TokenExpiredError from None
        except jwt.ImmatureSignatureError:
            logger.warning("a token of ours comes from the future: whose clock is wrong?")
            raise TokenInvalidError from None
        except (jwt.PyJWTError, ValidationError):
            raise TokenInvalidError from None

    def _decode(self, token: str) -> dict[str, Any]:
        return jwt.decode_complete(
            token,
            self._key,
            algorithms=[ALGORITHM],
            issuer=self.config.JWT_ISSUER,
            audience=self.config.JWT_AUDIENCE,
            leeway=self.config.JWT_LEEWAY,
            options={"require": CLAIMS},
        )

    @property
    def _key(self) -> bytes:
        return self.config.JWT_SECRET.get_secret_value().encode()
