"""What the web app tells browsers, and how much it takes from anybody."""

import re
from typing import Annotated, Self

from pydantic import BeforeValidator, NonNegativeInt, PositiveInt, model_validator
from pydantic_settings import NoDecode

from app.core.configs.app import Environment
from app.core.configs.base import BaseConfig
from app.core.configs.rate_limiter import split_by_comma

ANY = "*"
ORIGIN = re.compile(r"(https?)://(?:[a-z0-9_.-]+|\[[0-9a-f:]+\])(?::([1-9][0-9]{0,4}))?")
DEFAULT_PORTS = {"http": "80", "https": "443"}
LAST_PORT = 65535


class WebConfig(BaseConfig):
    """Settings of the web process."""

    ENVIRONMENT: Environment = Environment.LOCAL
    CORS_ORIGINS: Annotated[tuple[str, ...], NoDecode, BeforeValidator(split_by_comma)] = ()
    """Where the pages come from whose scripts may read our answers; ``*`` is any, locally."""
    MAX_BODY_SIZE: PositiveInt = 1_048_576
    """Bytes of a request's body; a longer one is answered with 413, and not read to its end."""
    HSTS_MAX_AGE: NonNegativeInt = 31_536_000
    """Seconds that browsers shall remember to come by HTTPS only; outside local, 0 says nothing."""

    @model_validator(mode="after")
    def require_origins(self) -> Self:
        """Refuse what no browser sends: it would never match, and nobody would know why."""
        if ANY in self.CORS_ORIGINS and self.ENVIRONMENT is not Environment.LOCAL:
            raise ValueError("CORS_ORIGINS: name the origins of your pages, not *")
        for origin in self.CORS_ORIGINS:
            if origin != ANY and not is_origin(origin):
                raise ValueError(
                    f"CORS_ORIGINS: {origin} is no origin; expected https://host:port, as browsers "
                    "send it: each host by its own name, in small ASCII letters (xn--… for others),"
                    " and no port where it is 443 of https or 80 of http"
                )
        return self

    @property
    def hsts_max_age(self) -> int:
        """Locally there is no HTTPS, and a browser would not forget for a year that there was."""
        return 0 if self.ENVIRONMENT is Environment.LOCAL else self.HSTS_MAX_AGE


def is_origin(text: str) -> bool:
    """Tell whether a browser would send it: a scheme, a host, perhaps a port, and nothing else.

    The scheme's own port is left out (RFC 6454, section 6.2).
    """
    found = ORIGIN.fullmatch(text)
    if found is None:
        return False
    scheme, port = found.groups()
    return port is None or (port != DEFAULT_PORTS[scheme] and int(port) <= LAST_PORT)
