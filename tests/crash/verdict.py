"""What is in the database and in Redis in the end, and whether it is right."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import asyncpg  # type: ignore[import-untyped]  # it has no types
from redis.asyncio import Redis

from .traffic import Account


@dataclass
class Verdict:
    """The complaints, of which there should be none, and the numbers."""

    complaints: list[str] = field(default_factory=list)
    events: int = 0
    shares: dict[str, int] = field(default_factory=dict)
    dead_events: int = 0
    dead_tasks: int = 0

    def require(self, holds: bool, complaint: str) -> None:  # noqa: FBT001 - a condition
        """Complain unless something holds."""
        if not holds:
            self.complaints.append(complaint)


async def is_quiet(database: asyncpg.Connection, redis: Redis) -> bool:
    """Tell whether nothing waits anywhere."""
    waiting = await database.fetchval(
        "SELECT (SELECT count(*) FROM outbox_events WHERE batch IS NULL)"
        " + (SELECT count(*) FROM outbox_tasks)"
        " + (SELECT count(*) FROM outbox_events WHERE event_id NOT IN"
        " (SELECT event_id FROM inbox_entries WHERE consumer = 'audit'))"
    )
    tasks = await redis.xlen("queue:tasks") + await redis.zcard("queue:delayed")
    pending = 0
    async for stream in redis.scan_iter("events:auth.users:*"):
        for group in await redis.xinfo_groups(stream):
            pending += group["pending"]
    return not (waiting or tasks or pending)


async def wait_for_quiet(url: str, redis_url: str, patience: float) -> bool:
    """Wait until nothing waits, twice in a row."""
    until, in_a_row = time.monotonic() + patience, 0
    database = await asyncpg.connect(url)
    async with Redis.from_url(redis_url) as redis:
        while in_a_row < 2 and time.monotonic() < until:
            in_a_row = in_a_row + 1 if await is_quiet(database, redis) else 0
            await asyncio.sleep(0.3)
    await database.close()
    return in_a_row == 2


async def judge(url: str, redis_url: str, accounts: Mapping[int, Account]) -> Verdict:
    """Compare what was promised, committed and recorded."""
    verdict = Verdict()
    database = await asyncpg.connect(url)
    try:
        await compare_events(database, verdict)
        await compare_users(database, verdict, accounts)
        await compare_blocks(database, verdict)
        rows = await database.fetch(
            "SELECT handled_by, count(*) FROM inbox_entries GROUP BY 1 ORDER BY 1"
        )
        verdict.shares = {row["handled_by"]: row["count"] for row in rows}
    finally:
        await database.close()
    async with Redis.from_url(redis_url) as redis:
        verdict.dead_events = await redis.xlen("events:dead")
        verdict.dead_tasks = await redis.xlen("queue:dead")
    verdict.require(verdict.dead_events == 0, f"{verdict.dead_events} events were given up")
    verdict.require(verdict.dead_tasks == 0, f"{verdict.dead_tasks} tasks were given up")
    return verdict


async def compare_events(database: asyncpg.Connection, verdict: Verdict) -> None:
    """Every committed event has one row in the trail, and those of a user are in order."""
    committed = {
        row["event_id"]: (row["key"], row["id"])
        for row in await database.fetch("SELECT id, event_id, key FROM outbox_events")
    }
    recorded = await database.fetch("SELECT event_id, user_id FROM audit_entries ORDER BY id")
    counts = Counter(row["event_id"] for row in recorded)
    verdict.events = len(committed)
    lost = committed.keys() - counts.keys()
    twice = [event for event, count in counts.items() if count > 1]
    foreign = counts.keys() - committed.keys()
    verdict.require(not lost, f"{len(lost)} events were committed and never took effect")
    verdict.require(not twice, f"{len(twice)} events took effect more than once")
    verdict.require(not foreign, f"{len(foreign)} events took effect and were never committed")
    last: dict[str, int] = {}
    disorder = 0
    for row in recorded:
        key, number = committed.get(row["event_id"], ("", 0))
        disorder += number < last.get(key, 0)
        last[key] = number
    verdict.require(disorder == 0, f"{disorder} events came after a later one of the same user")


async def compare_users(
    database: asyncpg.Connection, verdict: Verdict, accounts: Mapping[int, Account]
) -> None:
    """What a client was promised is there; what nobody asked for is not."""
    users = {row["id"] for row in await database.fetch("SELECT id FROM users WHERE NOT is_admin")}
    rows = await database.fetch("SELECT user_id, event FROM audit_entries")
    trail: dict[int, Counter[str]] = {}
    for row in rows:
        trail.setdefault(row["user_id"], Counter())[row["event"]] += 1
    for user in users:
        count = trail.get(user, Counter())["auth.user_registered"]
        verdict.require(count == 1, f"user {user} was registered {count} times")
    verdict.require(accounts.keys() <= users, "a user was promised and is not there")
    for user, account in accounts.items():
        events = trail.get(user, Counter())
        changes = 1 + events["auth.user_changed"]
        is_right = account.promised <= changes <= account.tried
        verdict.require(
            is_right,
            f"user {user}: {account.promised} changes were promised and {account.tried} tried,"
            f" {changes} were recorded",
        )
        blocks = events["auth.user_blocked"]
        verdict.require(blocks <= account.tried_blocks, f"user {user} was blocked {blocks} times")


async def compare_blocks(database: asyncpg.Connection, verdict: Verdict) -> None:
    """Every task that a consumer pushed was done: the counts are those of the trail."""
    wrong = await database.fetch(
        "SELECT user_id FROM (SELECT user_id, count(*) AS times FROM audit_entries"
        " WHERE event = 'auth.user_blocked' GROUP BY user_id) AS trail"
        " FULL JOIN block_counts USING (user_id)"
        " WHERE trail.times IS DISTINCT FROM block_counts.times"
    )
    verdict.require(not wrong, f"the blocks of {len(wrong)} users were not counted right")
