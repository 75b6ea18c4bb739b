"""The database layer: what models inherit, and how sessions are made."""

from app.core.db.engine import DatabaseUnreachableError, StatementTimeoutError, create_engine
from app.core.db.mixins import DateMixin, SoftDeleteMixin
from app.core.db.model import BaseModel
from app.core.db.session import create_session_factory, get_session
from app.core.db.soft_delete import INCLUDE_DELETED

__all__ = [
    "INCLUDE_DELETED",
    "BaseModel",
    "DatabaseUnreachableError",
    "DateMixin",
    "SoftDeleteMixin",
    "StatementTimeoutError",
    "create_engine",
    "create_session_factory",
    "get_session",
]
