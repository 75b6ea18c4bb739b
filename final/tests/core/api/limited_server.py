"""The app of `limited`, for uvicorn."""

from app.core import redis
from app.core.configs.rate_limiter import RateLimiterConfig
from tests.core.api.limited import make_limited_app

redis.TIMEOUT = 30.0  # whether a budget is exact must not depend on how busy the machine is

app = make_limited_app(RateLimiterConfig())
