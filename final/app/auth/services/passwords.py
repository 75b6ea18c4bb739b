"""Password hashes: argon2id with the parameters that pwdlib recommends."""

from pwdlib import PasswordHash

_hasher = PasswordHash.recommended()


def hash_password(password: str) -> str:
    """Hash a password with a new random salt; takes tens of milliseconds, as it should."""
    return _hasher.hash(password)


def verify_password(password: str, password_hash: str) -> bool:
    """Tell whether the password is the one that was hashed."""
    return _hasher.verify(password, password_hash)
