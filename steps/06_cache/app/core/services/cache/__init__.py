"""The cache: values that can be had again, kept for a while."""

from app.core.services.cache.aiocache_service import AiocacheService
from app.core.services.cache.interface import CacheServiceInterface

__all__ = ["AiocacheService", "CacheServiceInterface"]
