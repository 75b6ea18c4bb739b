"""What happens to users is written down.

The inbox sees to it that each of these is called once in effect, and commits after it.
"""

from dishka import FromDishka

from app.audit.repositories.trail import AuditTrail
from app.audit.tasks.count_blocks import CountBlocks
from app.auth.integration_events.users import (
    UserBlocked,
    UserChanged,
    UserDeleted,
    UserRegistered,
)
from app.core.services.queue import QueueService


async def record_registered(event: UserRegistered, trail: FromDishka[AuditTrail]) -> None:
    """Record that somebody has an account."""
    trail.add(event)


async def record_changed(event: UserChanged, trail: FromDishka[AuditTrail]) -> None:
    """Record which fields have changed."""
    trail.add(event)


async def record_blocked(
    event: UserBlocked, trail: FromDishka[AuditTrail], queue: FromDishka[QueueService]
) -> None:
    """Record the block, and let a worker count how many there were."""
    trail.add(event)
    await queue.push(task=CountBlocks, data={"user_id": event.payload.user_id})


async def record_deleted(event: UserDeleted, trail: FromDishka[AuditTrail]) -> None:
    """Record that an account is gone."""
    trail.add(event)
