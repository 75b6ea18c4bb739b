"""The routes of the auth module."""

from fastapi import APIRouter, Depends

from app.auth.address_rate_limiter import AddressRateLimiter
from app.auth.routes import pages
from app.auth.routes.v1 import account, registration, sessions, user_management, users

REGISTRATIONS = Depends(AddressRateLimiter(times=5, seconds=900))
"""Each has a letter sent, and who deletes the account may register the address again."""

router = APIRouter()
router.include_router(registration.router, dependencies=[REGISTRATIONS])
router.include_router(sessions.router)
router.include_router(users.router)
router.include_router(user_management.router)
router.include_router(account.router)
router.include_router(pages.router)
