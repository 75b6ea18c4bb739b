"""The sessions that queries use, as types of their own: the container tells them apart by that."""

from typing import NewType

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

ReadSession = NewType("ReadSession", AsyncSession)
"""A session outside of transactions, see `app.core.db.reading`. Nothing is written through it."""

ReadSessionFactory = NewType("ReadSessionFactory", async_sessionmaker[AsyncSession])
"""Makes them; there is one in a process."""
