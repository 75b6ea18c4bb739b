"""What routes of every module may ask for."""

from typing import Annotated

from fastapi import Depends

from app.core.api.cached import cached
from app.core.api.exchange import get_cache
from app.core.services.cache import CacheServiceInterface
from app.core.services.queue import QueueService

CacheService = Annotated[CacheServiceInterface, Depends(get_cache)]
"""The cache, as a parameter of a route: ``cache: CacheService``."""

__all__ = ["CacheService", "QueueService", "cached"]
