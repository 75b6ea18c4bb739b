"""The routes of the orders module."""

from fastapi import APIRouter

from app.orders.routes.v1 import orders

router = APIRouter()
router.include_router(orders.router)
