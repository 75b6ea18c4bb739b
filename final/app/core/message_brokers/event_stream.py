"""What one group of readers asks of a topic's streams."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import ResponseError

TAKE = """
local group, reader, patience = ARGV[1], ARGV[2], tonumber(ARGV[3])
for number, stream in ipairs(KEYS) do
  local first = redis.call('XPENDING', stream, group, '-', '+', 1)[1]
  if not first then
    local read = redis.call(
      'XREADGROUP', 'GROUP', group, reader, 'COUNT', 1, 'STREAMS', stream, '>')
    if read then return {number, read[1][2][1][1], read[1][2][1][2], 1} end
  elseif first[3] >= patience then
    local claimed = redis.call('XCLAIM', stream, group, reader, 0, first[1])[1]
    if claimed and claimed[2] then return {number, first[1], claimed[2], first[4] + 1} end
    redis.call('XACK', stream, group, first[1])
  end
end
local last = {0}
for _, stream in ipairs(KEYS) do
  local info = redis.call('XINFO', 'STREAM', stream)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then table.insert(last, info[i + 1]) end
  end
end
return last
"""
"""Takes the next entry of the first stream in which nobody of the group has one.

So of every stream at most one entry is with the group at a time, whoever has it, and its successor
is given out after it was acknowledged: that is what keeps the order. An entry that somebody has had
for too long changes hands. With nothing to take, the streams' last ids say from where to wait.
"""

FORGET_AFTER = 86_400_000
"""Milliseconds after which a silent reader's name is forgotten."""
POLL = 0.5
"""Seconds that a wait lasts; so often a reader looks for what was left behind."""


@dataclass(frozen=True)
class Delivery:
    """An entry that is this reader's now."""

    stream: str
    id: bytes
    fields: dict[bytes, bytes]
    times: int
    """How often it was delivered, this time included."""


class EventStream:
    """The streams of a topic, as one group reads them."""

    def __init__(
        self, redis: Redis, streams: Sequence[str], group: str, reader: str, claim_after: float
    ) -> None:
        self._redis = redis
        self._streams = list(streams)
        self._group = group
        self._reader = reader
        self._claim_after = int(claim_after * 1000)
        self._take = redis.register_script(TAKE)

    async def join(self) -> None:
        """Make streams and groups that are not there, from the first event on."""
        for stream in self._streams:
            try:
                await self._redis.xgroup_create(stream, self._group, id="0", mkstream=True)
            except ResponseError as error:
                if "BUSYGROUP" not in str(error):
                    raise
                await self._forget_readers(stream)

    async def take(self) -> Delivery | None:
        """Take an event, or wait for a moment until there may be one."""
        # Everybody begins elsewhere, or the last streams would have to wait for the first ones.
        start = random.randrange(len(self._streams))  # noqa: S311 - no secret
        streams = self._streams[start:] + self._streams[:start]
        arguments: list[str | int] = [self._group, self._reader, self._claim_after]
        number, *found = await self._take(keys=streams, args=arguments)
        if number:
            entry_id, flat, times = found
            fields = dict(zip(flat[::2], flat[1::2], strict=True))
            return Delivery(streams[number - 1], entry_id, fields, times)
        since: dict[Any, Any] = dict(zip(streams, found, strict=True))
        await self._redis.xread(since, count=1, block=int(POLL * 1000))
        return None

    async def end(self, delivery: Delivery) -> None:
        """Acknowledge: the group will not see it again."""
        await self._redis.xack(delivery.stream, self._group, delivery.id)

    async def postpone(self, delivery: Delivery, delay: float, *, counts: bool) -> None:
        """Give it to whoever comes in so many seconds; it keeps its place.

        Args:
            delivery: what could not be handled.
            delay: at most as long as a claim takes.
            counts: whether this was a try; while the database is away, none of them is.

        """
        await self._redis.xclaim(
            delivery.stream,
            self._group,
            self._reader,
            0,
            [delivery.id],
            idle=max(0, self._claim_after - int(delay * 1000)),
            retrycount=delivery.times if counts else delivery.times - 1,
            justid=True,
        )

    async def _forget_readers(self, stream: str) -> None:
        for reader in await self._redis.xinfo_consumers(stream, self._group):
            if not reader["pending"] and reader["idle"] > FORGET_AFTER:
                await self._redis.xgroup_delconsumer(stream, self._group, reader["name"])
