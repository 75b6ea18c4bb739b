"""Password hashes."""

from app.auth.services.passwords import hash_password, verify_password


def test_hash_verifies_its_own_password_only() -> None:
    """The right password passes, another one does not."""
    hashed = hash_password("correct horse")
    assert verify_password("correct horse", hashed)
    assert not verify_password("wrong horse", hashed)


def test_hash_is_argon2_with_a_new_salt() -> None:
    """Equal passwords must not look equal in the table."""
    first, second = hash_password("same"), hash_password("same")
    assert first.startswith("$argon2id$")
    assert first != second
