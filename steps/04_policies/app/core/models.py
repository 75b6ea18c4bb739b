"""Every model of the app, imported so that Alembic and relationships find them."""

from app.auth.models import AuthSession, User
from app.core.db import BaseModel

__all__ = ["AuthSession", "BaseModel", "User"]
