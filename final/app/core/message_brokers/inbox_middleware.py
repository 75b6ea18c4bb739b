"""One transaction for what a handler does and for the note that it was done."""

import logging
from typing import Any

from dishka import AsyncContainer
from faststream import BaseMiddleware
from faststream.message import StreamMessage
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.inbox.inbox import Inbox
from app.core.message_brokers.redis_message_broker import EVENT

logger = logging.getLogger(__name__)


class InboxMiddleware(BaseMiddleware[Any, Any]):
    """Calls a handler unless its group has handled the event, and commits for it.

    An event may arrive twice, but of two notes about it the database takes one. So the effect is
    there once, or not at all, wherever a process dies.
    """

    async def consume_scope(self, call_next: Any, msg: StreamMessage[Any]) -> Any:  # noqa: ANN401 - FastStream's signature
        """Note, handle, commit."""
        container: AsyncContainer = self.context.get_local("dishka")
        subscriber = self.context.get_local("handler_")
        session, inbox = await container.get(AsyncSession), await container.get(Inbox)
        if not await inbox.accept(subscriber.group, msg.message_id, subscriber.reading.reader):
            logger.info("%s has handled %s already", subscriber.group, msg.message_id)
            return None
        result = await call_next(msg)
        await session.commit()
        event = {"event.id": msg.message_id}
        logger.info("%s handled %s", subscriber.group, msg.headers[EVENT], extra=event)
        return result
