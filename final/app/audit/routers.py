"""The routes of the audit module."""

from fastapi import APIRouter

from app.audit.routes.v1 import entries

router = APIRouter()
router.include_router(entries.router)
