"""The routes of the auth module."""

from fastapi import APIRouter

from app.auth.routes import pages
from app.auth.routes.v1 import account, registration, sessions, user_management, users

router = APIRouter()
router.include_router(registration.router)
router.include_router(sessions.router)
router.include_router(users.router)
router.include_router(user_management.router)
router.include_router(account.router)
router.include_router(pages.router)
