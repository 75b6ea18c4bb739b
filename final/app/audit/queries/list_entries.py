"""What has happened?"""

from dataclasses import dataclass

from sqlalchemy import select

from app.audit.models import AuditEntry
from app.core.db.listing import Listing, Page, fetch_page
from app.core.db.read_session import ReadSession
from app.core.mediator import BaseQuery, BaseQueryHandler


@dataclass(frozen=True)
class ListEntries(BaseQuery[Page[AuditEntry]]):
    """A page of the trail."""

    listing: Listing


@dataclass(frozen=True)
class ListEntriesHandler(BaseQueryHandler[ListEntries, Page[AuditEntry]]):
    """Administrators may ask (`can_read_trail`)."""

    session: ReadSession

    async def __call__(self, query: ListEntries) -> Page[AuditEntry]:
        """Fetch the page.

        Raises:
            PageOutOfRangeError: the page comes after the last one.

        """
        return await fetch_page(self.session, select(AuditEntry), query.listing)
