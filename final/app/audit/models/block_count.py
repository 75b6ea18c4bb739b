"""Who is blocked again and again."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import BaseModel


class BlockCount(BaseModel):
    """How often a user was blocked; computed from the trail, never added up."""

    __tablename__ = "block_counts"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    times: Mapped[int]
    last_at: Mapped[datetime]
