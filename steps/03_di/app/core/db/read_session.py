"""The session that queries use, as a type of its own: the container tells the two apart by it."""

from typing import NewType

from sqlalchemy.ext.asyncio import AsyncSession

ReadSession = NewType("ReadSession", AsyncSession)
"""A session outside of transactions, see `app.core.db.reading`. Nothing is written through it."""
