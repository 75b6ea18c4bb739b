"""The parent of all models."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, MetaData
from sqlalchemy.orm import DeclarativeBase

from app.core.events.source import EventSource

# Constraints get predictable names, so that a migration can drop what another one made.
NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class BaseModel(EventSource, DeclarativeBase):
    """Common ground of the models: naming, types, values that the database fills in, and events."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: DateTime(timezone=True)}
    # Fetch what the database fills in within the same statement: an async session can't do it
    # later, on attribute access.
    __mapper_args__ = {"eager_defaults": True}  # noqa: RUF012 - SQLAlchemy types it otherwise
