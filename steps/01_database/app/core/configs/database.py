"""Where PostgreSQL is and how many connections a process may hold."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, NonNegativeInt, PositiveFloat, PositiveInt
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.core.configs.base import BaseConfig

SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
PARAMETERS = {"host", "port", "ssl", "target_session_attrs", "passfile", "krbsrvname", "gsslib"}
"""What asyncpg takes as text from behind the question mark. Times and sizes are settings here."""


def use_asyncpg(url: str) -> str:
    """Accept the address as hosting providers print it, and name the driver that we use.

    Raises:
        ValueError: not an address of a PostgreSQL database, or not one for asyncpg.

    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # which quotes a part: it may be the password
        raise ValueError("expected postgresql://user:password@host:port/database") from None
    if parsed.get_backend_name() not in {"postgresql", "postgres"} or not parsed.database:
        raise ValueError("expected postgresql://user:password@host:port/database")
    ours = parsed.set(drivername="postgresql+asyncpg", query=translate_parameters(parsed.query))
    return ours.render_as_string(hide_password=False)


def translate_parameters(
    given: Mapping[str, str | tuple[str, ...]],
) -> dict[str, str | tuple[str, ...]]:
    """Tell asyncpg what libpq would read behind the question mark.

    ``sslmode`` is named ``ssl`` there. ``channel_binding`` is left out, as asyncpg cannot do it:
    against somebody in between, ``sslmode=verify-full`` helps as well, and ``require`` does not.

    Raises:
        ValueError: asyncpg could not connect with it.

    """
    query = {"ssl" if name == "sslmode" else name: value for name, value in given.items()}
    query.pop("channel_binding", None)
    if unknown := sorted(query.keys() - PARAMETERS):
        raise ValueError(f"asyncpg reads no {', '.join(unknown)} in an address; leave it out")
    if query.get("ssl", "prefer") not in SSL_MODES:
        raise ValueError(f"sslmode is one of {', '.join(SSL_MODES)}")
    return query


class DatabaseConfig(BaseConfig):
    """Connection settings; times are in seconds."""

    DATABASE_URL: Annotated[str, AfterValidator(use_asyncpg)] = Field(repr=False)
    DATABASE_POOL_SIZE: PositiveInt = 5
    DATABASE_MAX_OVERFLOW: NonNegativeInt = 10
    DATABASE_POOL_TIMEOUT: PositiveFloat = 3.0
    DATABASE_STATEMENT_TIMEOUT: PositiveFloat = 30.0
    PRE_START_TRIES: PositiveInt = 60
    PRE_START_WAIT: PositiveFloat = 1.0
