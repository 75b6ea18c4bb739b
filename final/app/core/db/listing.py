"""Pages of a table: filtered, sorted, counted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ARRAY, ColumnElement, Select, any_, func, inspect, literal
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db.model import BaseModel
from app.core.exceptions import PageOutOfRangeError

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What is asked of a table. Fields are names of the model's attributes."""

    filters: Mapping[str, Sequence[Any]]
    """Values that a field may have; a row must satisfy every field."""
    order: Mapping[str, bool]
    """Whether each field descends, the most significant field first."""
    page: int
    page_size: int
    with_total: bool


@dataclass(frozen=True, kw_only=True)
class Page(Generic[M]):
    """The rows of one page."""

    items: Sequence[M]
    total: int | None
    """Rows on all pages, unless nobody asked."""
    page: int
    page_size: int

    @property
    def pages(self) -> int | None:
        """How many pages there are."""
        return None if self.total is None else last_page(self.total, self.page_size)


async def fetch_page(session: AsyncSession, statement: Select[M], listing: Listing) -> Page[M]:
    """Run the statement for one page, and a ``count(*)`` of its own for the total.

    A window function would count in the same statement, but then PostgreSQL sorts every row.

    Raises:
        PageOutOfRangeError: the page comes after the last one.

    """
    model = statement.column_descriptions[0]["entity"]
    wanted = statement.where(*conditions(model, listing.filters))
    total = await count_rows(session, wanted) if listing.with_total else None
    require_page(listing, total)
    offset = (listing.page - 1) * listing.page_size
    rows = wanted.order_by(*ordering(model, listing.order)).limit(listing.page_size).offset(offset)
    items = (await session.scalars(rows)).all()
    if not items and total is None and offset:
        require_page(listing, await count_rows(session, wanted))
    return Page(items=items, total=total, page=listing.page, page_size=listing.page_size)


async def count_rows(session: AsyncSession, statement: Select[M]) -> int:
    """Count what the statement would give."""
    counting = statement.with_only_columns(func.count(), maintain_column_froms=True)
    return (await session.scalars(counting.order_by(None))).one()


def conditions(
    model: type[BaseModel], filters: Mapping[str, Sequence[Any]]
) -> Iterator[ColumnElement[bool]]:
    """Compare with one array, so that any number of values is one prepared statement."""
    for field, values in filters.items():
        column = getattr(model, field)
        yield column == any_(literal(list(values), ARRAY(column.type)))


def ordering(model: type[BaseModel], order: Mapping[str, bool]) -> Iterator[ColumnElement[Any]]:
    """End with the primary key: rows that are equal otherwise must not change places."""
    for field, descends in order.items():
        column = getattr(model, field)
        yield column.desc() if descends else column.asc()
    mapper = inspect(model)
    for key in mapper.primary_key:
        if (field := mapper.get_property_by_column(key).key) not in order:
            yield getattr(model, field).asc()


def require_page(listing: Listing, total: int | None) -> None:
    """Refuse a page after the last one; an empty table has page 1."""
    if total is not None and listing.page > (last := last_page(total, listing.page_size)):
        raise PageOutOfRangeError(listing.page, last)


def last_page(total: int, page_size: int) -> int:
    """Round up, to at least 1."""
    return max(1, -(-total // page_size))
