"""Password hashes."""

import pytest

from app.auth.services.passwords import hash_password, verify_password


def test_hash_verifies_its_own_password_only() -> None:
    """The right password passes, another one does not."""
    hashed = hash_password("correct horse")
    assert verify_password("correct horse", hashed)
    assert not verify_password("wrong horse", hashed)


@pytest.mark.usefixtures("strong_hashes")
def test_hash_is_argon2_with_a_new_salt() -> None:
    """It costs what RFC 9106 asks for; equal passwords must not look equal in the table."""
    first, second = hash_password("same"), hash_password("same")
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
