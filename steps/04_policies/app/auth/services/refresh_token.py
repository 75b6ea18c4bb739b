"""Refresh tokens: random, known only to the client."""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True)
class RefreshToken:
    """Two random halves: the family's, which one login keeps, and the token's own.

    Only who held a token of a login knows its family. So a known family with an unknown token is
    an old token, used once more, and no list of old tokens is needed to tell.
    """

    family: str = field(repr=False)
    secret: str = field(repr=False)

    @classmethod
    def create(cls) -> Self:
        """Make the first token of a login."""
        return cls(secrets.token_urlsafe(16), secrets.token_urlsafe(32))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a client sent; of nonsense, one that nobody has."""
        family, _, secret = text.partition(".")
        return cls(family, secret)

    def make_next(self) -> Self:
        """Make the token that replaces this one."""
        return type(self)(self.family, secrets.token_urlsafe(32))

    def __str__(self) -> str:
        """Write it for the client."""
        return f"{self.family}.{self.secret}"

    @property
    def family_hash(self) -> bytes:
        """What the database keeps of the family."""
        return hashlib.sha256(self.family.encode()).digest()

    @property
    def token_hash(self) -> bytes:
        """What the database keeps of the token's own half."""
        return hashlib.sha256(self.secret.encode()).digest()
