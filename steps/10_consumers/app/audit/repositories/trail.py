"""The trail, as the module's consumers and tasks ask for it."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import AuditEntry, BlockCount
from app.core.log.context import REQUEST_ID, USER_ID, get_context
from app.core.message_brokers import BaseIntegrationEvent


@dataclass(frozen=True)
class AuditTrail:
    """Adds to the trail and counts in it, through the session of the request."""

    session: AsyncSession

    def add(self, event: BaseIntegrationEvent) -> None:
        """Write an event down; the caller commits."""
        details = event.payload.model_dump(mode="json", exclude={"user_id"})
        context = get_context()
        actor = context.get(USER_ID)
        self.session.add(
            AuditEntry(
                event_id=event.id,
                event=event.name,
                user_id=event.payload.user_id,
                actor_id=None if actor is None else int(actor),
                details=details,
                occurred_at=event.occurred_at,
                request_id=context.get(REQUEST_ID),
            )
        )

    async def count_blocks(self, user_id: int, event: str) -> None:
        """Count again how often a user was blocked; the caller commits.

        Two tasks may count at once, and the one that saw less may write last: the number only
        grows.
        """
        counted = select(
            AuditEntry.user_id, func.count().label("times"), func.max(AuditEntry.occurred_at)
        ).where(AuditEntry.user_id == user_id, AuditEntry.event == event)
        fresh = insert(BlockCount).from_select(
            ["user_id", "times", "last_at"], counted.group_by(AuditEntry.user_id)
        )
        statement = fresh.on_conflict_do_update(
            index_elements=[BlockCount.user_id],
            set_={
                "times": func.greatest(BlockCount.times, fresh.excluded.times),
                "last_at": func.greatest(BlockCount.last_at, fresh.excluded.last_at),
            },
        )
        await self.session.execute(statement)
