"""Factories: valid data for tests, different at each call unless the test names a value."""

from itertools import count

from polyfactory import Use
from polyfactory.factories.sqlalchemy_factory import SQLAlchemyFactory

from app.auth.models import User, UserStatus

_numbers = count(1)


class UserFactory(SQLAlchemyFactory[User]):
    """Active users who are neither administrators nor deleted."""

    __set_primary_key__ = False

    email = Use(lambda: f"user{next(_numbers)}@example.com")
    username = Use(lambda: f"user{next(_numbers)}")
    password_hash = "not-a-hash"
    status_id = UserStatus.ACTIVE
    is_admin = False
    created_at = None
    updated_at = None
    deleted_at = None
    email_verified_at = None
