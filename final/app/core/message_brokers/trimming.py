"""Cutting streams off where nobody needs them any more."""

from redis.asyncio import Redis

from app.core.configs.events import EventsConfig
from app.core.message_brokers.integration_event import KNOWN

TRIM = """
local function less(a, b)
  local am, as = a:match('(%d+)-(%d+)')
  local bm, bs = b:match('(%d+)-(%d+)')
  am, as, bm, bs = tonumber(am), tonumber(as), tonumber(bm), tonumber(bs)
  return am < bm or (am == bm and as < bs)
end
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local least = nil
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local facts = {}
  for i = 1, #group, 2 do facts[group[i]] = group[i + 1] end
  local first = facts['last-delivered-id']
  if facts['pending'] > 0 then
    first = redis.call('XPENDING', KEYS[1], facts['name'])[2]
  end
  if least == nil or less(first, least) then least = first end
end
if least == nil then return 0 end
return redis.call('XTRIM', KEYS[1], 'MINID', '=', least)
"""
"""Keeps the first entry that some group has not acknowledged, and all behind it.

A ``MAXLEN`` would cut off what a slow group has yet to read. One script is one step for everybody
else in Redis, so no group can be given an entry in between.
"""


def known_topics() -> set[str]:
    """Return the topics of all events that this process has imported."""
    return {event.__topic__ for event in KNOWN}


class Trimmer:
    """Trims the streams of every topic. A stream without groups is left alone: some may come."""

    def __init__(self, config: EventsConfig) -> None:
        self._config = config

    async def trim(self, redis: Redis) -> int:
        """Return how many entries are gone."""
        trim = redis.register_script(TRIM)
        streams = [key for topic in known_topics() for key in self._config.stream_keys(topic)]
        return sum([int(await trim(keys=[stream])) for stream in streams])
