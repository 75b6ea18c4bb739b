"""The routes of the auth module."""

from fastapi import APIRouter

from app.auth.routes.v1 import users

router = APIRouter()
router.include_router(users.router)
