"""Password hashes: argon2id with the parameters that pwdlib recommends."""

import secrets
from functools import cache
from unicodedata import normalize

from pwdlib import PasswordHash

_hasher = PasswordHash.recommended()


def normalise(password: str) -> str:
    """Bring the password into one form, whatever keyboard it was typed on: Unicode's NFKC.

    An "é" is one character on one system and two on another; NIST SP 800-63B, section 3.1.1.2.
    """
    return normalize("NFKC", password)


def hash_password(password: str) -> str:
    """Hash a password with a new random salt; takes tens of milliseconds, as it should."""
    return _hasher.hash(normalise(password))


def verify_password(password: str, password_hash: str) -> bool:
    """Tell whether the password is the one that was hashed."""
    return _hasher.verify(normalise(password), password_hash)


def verify_and_update(password: str, password_hash: str | None) -> tuple[bool, str | None]:
    """Verify, and hash anew where the stored hash is weaker than what we make today.

    Args:
        password: what was typed.
        password_hash: what is stored; None for a user who does not exist, which takes as long and
            is never right.

    Returns:
        Whether it is right, and the hash to store instead, if any.

    """
    return _hasher.verify_and_update(normalise(password), password_hash or make_stand_in())


@cache
def make_stand_in() -> str:
    """Make the hash that stands in for a user who does not exist; nobody knows its password.

    It is made once per process, by the same parameters as all others.
    """
    return hash_password(secrets.token_urlsafe())
