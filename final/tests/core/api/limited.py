"""The app with a few more routes that have small budgets."""

from fastapi import APIRouter, Depends, FastAPI

from app.core.api.rate_limiter import ConfigurableRateLimiter
from app.core.configs.rate_limiter import RateLimiterConfig
from app.main import init_app

BUDGET = 20
HOUR = 3600

router = APIRouter(prefix="/limited")


@router.get("/one", dependencies=[Depends(ConfigurableRateLimiter(times=BUDGET, seconds=HOUR))])
async def get_one() -> None:
    """Spend a budget that an hour refills: within a test, it is exact."""


@router.get("/two", dependencies=[Depends(ConfigurableRateLimiter(times=1, seconds=HOUR))])
async def get_two() -> None:
    """Spend another budget."""


@router.post("/two", dependencies=[Depends(ConfigurableRateLimiter(times=1, seconds=HOUR))])
async def post_two() -> None:
    """Spend a third one: another method."""


@router.get("/items/{item}", dependencies=[Depends(ConfigurableRateLimiter(times=1, seconds=HOUR))])
async def get_item(item: int) -> int:
    """Spend one budget for all items."""
    return item


@router.get("/soon", dependencies=[Depends(ConfigurableRateLimiter(times=1, seconds=1))])
async def get_soon() -> None:
    """Spend a budget that is full again in a second."""


def make_limited_app(config: RateLimiterConfig) -> FastAPI:
    """Build the app with these settings of the limiter."""
    app = init_app()
    app.state.rate_limiter = config
    app.include_router(router)
    return app
