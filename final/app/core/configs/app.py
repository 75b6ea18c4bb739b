"""What every part of the app may ask: who am I, where do I run, and what do I share."""

from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from app.core.configs.base import BaseConfig


class Environment(StrEnum):
    """Where the process runs. Whatever is unsafe is allowed in ``LOCAL`` only."""

    LOCAL = "local"
    STAGING = "staging"
    PRODUCTION = "production"


def require_redis(url: str) -> str:
    """Accept addresses of Redis only.

    Raises:
        ValueError: another scheme, or none, or what is no address.

    """
    try:
        parts = urlsplit(url)
        is_redis = parts.scheme in {"redis", "rediss", "unix"} and parts.port != 0
    except ValueError:  # which quotes a part of the address: it may be the password
        is_redis = False
    if not is_redis:
        raise ValueError("expected redis://:password@host:port/number, rediss://… or unix://…")
    return url


class AppConfig(BaseConfig):
    """Settings that belong to no single concern."""

    PROJECT_NAME: str = "FastAPI Template"
    ENVIRONMENT: Environment = Environment.LOCAL
    API_V1_STR: Annotated[str, StringConstraints(pattern=r"^(/[\w.-]+)+$")] = "/api/v1"
    REDIS_URL: Annotated[str, AfterValidator(require_redis)] = Field(
        "redis://127.0.0.1:6379/0", repr=False
    )

    @property
    def redis_url(self) -> str:
        """Where Redis is."""
        return self.REDIS_URL
