"""Removing for good what was soft-deleted long ago."""

# ruff: noqa: INP001 - laid into a package of the app

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, delete
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db.mixins import SoftDeleteMixin
from app.core.db.model import BaseModel
from app.core.db.soft_delete import INCLUDE_DELETED


async def purge_deleted(
    session: AsyncSession, model: type[BaseModel], *, older_than: timedelta
) -> int:
    """Remove the rows that were soft-deleted more than ``older_than`` ago; the caller commits.

    Returns:
        How many there were.

    Raises:
        TypeError: rows of the model cannot be soft-deleted.

    """
    if not issubclass(model, SoftDeleteMixin):
        raise TypeError(f"{model.__name__} has no SoftDeleteMixin")
    statement = (
        delete(model)
        .where(model.deleted_at < datetime.now(UTC) - older_than)
        .execution_options(synchronize_session=False, **INCLUDE_DELETED)
    )
    result = cast("CursorResult[Any]", await session.execute(statement))
    return result.rowcount
