"""How answers are kept."""

from pydantic import PositiveFloat, PositiveInt

from app.core.configs.base import BaseConfig


class CacheConfig(BaseConfig):
    """Settings of the cache; times are in seconds."""

    CACHE_NAMESPACE: str = "cache"
    """How every key begins."""
    CACHE_TIMEOUT: PositiveFloat = 0.1
    """After that, Redis counts as down, and the answer is computed."""
    CACHE_PATIENCE: PositiveFloat = 1.0
    """After that, a process that computes the same answer counts as dead."""
    CACHE_TTL: PositiveInt = 60
    """How long a value lives where the code does not say."""
