"""The outbox: what must not be lost is written where it happens, in the same transaction."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import event, func, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.core.configs.events import EventsConfig
from app.core.events import BaseEvent
from app.core.events.session import GATHERED, GatheringSession
from app.core.log.context import get_context
from app.core.message_brokers.broker import Message, partition_of
from app.core.message_brokers.integration_event import BaseIntegrationEvent
from app.core.outbox.models import OutboxEvent, OutboxTask
from app.core.outbox.translations import TranslationRegistry
from app.core.services.queue.pushed import PushedTaskEvent

OUTBOX: Final = "outbox"
STORED: Final = "stored"
"""Tasks that the open transaction has written down."""
CHANNEL: Final = "outbox"
"""Where PostgreSQL tells relays, at the moment of the commit, that there is something to do."""


class Outbox:
    """Writes down what a session has gathered: events for others, and tasks for workers."""

    def __init__(self, config: EventsConfig, translations: TranslationRegistry) -> None:
        self._partitions = config.EVENTS_PARTITIONS
        self._translations = translations
        self.unsent: set[UUID] = set()
        """Tasks that this process has committed and not queued yet."""

    def attach(self, session: AsyncSession) -> None:
        """Let this session's commits pass by here."""
        session.info[OUTBOX] = self

    def write(self, session: Session, events: list[BaseEvent]) -> None:
        """Add the rows; the session is about to commit."""
        context = get_context()
        if rows := [self._row(each, context) for each in self._translations.translate(events)]:
            notified = func.pg_notify(CHANNEL, "")
            session.execute(insert(OutboxEvent).returning(notified), rows)
        tasks = [each for each in events if isinstance(each, PushedTaskEvent)]
        if tasks:
            session.execute(insert(OutboxTask), [task_row(each, context) for each in tasks])
        session.info[STORED] = {task.id for task in tasks}

    def _row(self, event: BaseIntegrationEvent, context: dict[str, str]) -> dict[str, Any]:
        message = Message.of(event, context)
        return {
            "event_id": event.id,
            "topic": message.topic,
            "partition": partition_of(message.key, self._partitions),
            "key": message.key,
            "type": message.type,
            "body": message.body.decode(),
            "context": context,
        }


def task_row(event: PushedTaskEvent, context: dict[str, str]) -> dict[str, Any]:
    """Describe a task."""
    return {
        "id": event.id,
        "task": event.task,
        "data": event.data,
        "secrets": ",".join(event.secrets),
        "context": context,
    }


@event.listens_for(GatheringSession, "before_commit")
def write_outbox(session: Session) -> None:
    """Come right after the session has gathered its events: listeners run in order."""
    outbox: Outbox | None = session.info.get(OUTBOX)
    if outbox is not None and not session.in_nested_transaction():
        outbox.write(session, session.info.get(GATHERED, []))


@event.listens_for(GatheringSession, "after_commit")
def note_stored(session: Session) -> None:
    """Remember what is there to be forgotten, once it is: a failed commit leaves nothing behind."""
    outbox: Outbox | None = session.info.get(OUTBOX)
    if outbox is not None:
        outbox.unsent |= session.info.pop(STORED, set())
