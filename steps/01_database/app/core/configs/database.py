"""Where PostgreSQL is and how many connections a process may hold."""

from typing import Annotated

from pydantic import AfterValidator, Field, NonNegativeInt, PositiveFloat, PositiveInt
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.core.configs.base import BaseConfig


def use_asyncpg(url: str) -> str:
    """Accept the address as hosting providers print it, and name the driver that we use.

    Raises:
        ValueError: not an address of a PostgreSQL database.

    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # which quotes a part: it may be the password
        raise ValueError("expected postgresql://user:password@host:port/database") from None
    if parsed.get_backend_name() not in {"postgresql", "postgres"} or not parsed.database:
        raise ValueError("expected postgresql://user:password@host:port/database")
    return parsed.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)


class DatabaseConfig(BaseConfig):
    """Connection settings; times are in seconds."""

    DATABASE_URL: Annotated[str, AfterValidator(use_asyncpg)] = Field(repr=False)
    DATABASE_POOL_SIZE: PositiveInt = 5
    DATABASE_MAX_OVERFLOW: NonNegativeInt = 10
    DATABASE_POOL_TIMEOUT: PositiveFloat = 3.0
    DATABASE_STATEMENT_TIMEOUT: PositiveFloat = 30.0
    PRE_START_TRIES: PositiveInt = 60
    PRE_START_WAIT: PositiveFloat = 1.0
