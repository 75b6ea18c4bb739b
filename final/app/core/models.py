"""Every model of the app, imported so that Alembic and relationships find them."""

from app.auth.models import User
from app.core.db import BaseModel

__all__ = ["BaseModel", "User"]
