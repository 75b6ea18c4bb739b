"""How clients are counted."""

from ipaddress import ip_network
from typing import Annotated, Self

from pydantic import BeforeValidator, IPvAnyNetwork, model_validator
from pydantic_settings import NoDecode

from app.core.configs.app import Environment
from app.core.configs.base import BaseConfig


def split_by_comma(value: object) -> object:
    """Read ``10.0.0.0/8, ::1`` the way people write lists in a ``.env``."""
    if not isinstance(value, str):
        return value
    return [part.strip() for part in value.split(",") if part.strip()]


class RateLimiterConfig(BaseConfig):
    """Settings of `ConfigurableRateLimiter`."""

    ENVIRONMENT: Environment = Environment.LOCAL
    RATE_LIMITER_ENABLED: bool = True
    RATE_LIMITER_FAIL_OPEN: bool = True
    """While Redis is down: let requests through uncounted, or answer 503."""
    RATE_LIMITER_PREFIX: str = "rate-limiter"
    TRUSTED_PROXIES: Annotated[
        tuple[IPvAnyNetwork, ...], NoDecode, BeforeValidator(split_by_comma)
    ] = ()
    """The networks of our reverse proxies: only they are believed about ``X-Forwarded-For``."""

    @model_validator(mode="after")
    def refuse_to_trust_everybody(self) -> Self:
        """Outside local, a client must not be able to choose its own address."""
        everybody = {ip_network("0.0.0.0/0"), ip_network("::/0")}
        if self.ENVIRONMENT is not Environment.LOCAL and everybody & set(self.TRUSTED_PROXIES):
            raise ValueError("TRUSTED_PROXIES: name the networks of your proxies, not the Internet")
        return self
