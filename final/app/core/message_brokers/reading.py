"""From an entry of a stream to a message."""

import json
from urllib.parse import unquote
from uuid import UUID

from faststream.redis.parser import BinaryMessageFormatV1

from app.core.message_brokers.broker import Message
from app.core.message_brokers.dead_events import DATA
from app.core.message_brokers.exceptions import MalformedMessageError
from app.core.message_brokers.redis_message_broker import CONTEXT, EVENT, KEY, MESSAGE_ID


def read_message(topic: str, fields: dict[bytes, bytes]) -> Message:
    """Read what `RedisMessageBroker` wrote.

    Raises:
        MalformedMessageError: somebody else wrote it.

    """
    try:
        body, headers = BinaryMessageFormatV1.parse(fields[DATA.encode()])
        event_id = str(UUID(headers[MESSAGE_ID]))
        context = {**json.loads(headers.get(CONTEXT, "{}"))}  # fails on what is no object
        return Message(event_id, topic, unquote(headers[KEY]), headers[EVENT], body, context)
    except Exception as error:  # whatever a stranger's bytes do to the parsers
        raise MalformedMessageError(f"this is no event: {error!r}") from error
