"""Tables that exist in tests only, for rules that the app's own tables can't show."""

from sqlalchemy import BigInteger, ForeignKey, Identity, MetaData
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import BaseModel, DateMixin, SoftDeleteMixin


class SandboxModel(BaseModel):
    """A parent with its own metadata: the app's migrations never see these tables."""

    __abstract__ = True
    metadata = MetaData(naming_convention=BaseModel.metadata.naming_convention)


class Author(SandboxModel, DateMixin, SoftDeleteMixin):
    """One side of a relationship."""

    __tablename__ = "sandbox_authors"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    name: Mapped[str]
    books: Mapped[list["Book"]] = relationship(back_populates="author", lazy="raise")


class Book(SandboxModel, SoftDeleteMixin):
    """The other side."""

    __tablename__ = "sandbox_books"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey(Author.id))
    author: Mapped[Author | None] = relationship(back_populates="books", lazy="raise")
