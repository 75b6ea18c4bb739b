"""Servers that answer, and take nothing: their disk or their memory is full."""

from __future__ import annotations

import asyncio
import errno
import os
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # it has no types
import pytest
from redis.asyncio import Redis
from redis.exceptions import ResponseError

from .servers import Servers

TABLES = ("users", "outbox_events", "outbox_tasks", "audit_entries", "inbox_entries")
ROW = (
    "INSERT INTO outbox_events (event_id, topic, partition, key, type, body, context)"
    " VALUES (gen_random_uuid(), '-', 0, '-', '-', '', '{}')"
)
SMALL = 4_000_000
"""Bytes of the disk that is full."""


@asynccontextmanager
async def read_only(servers: Servers) -> AsyncIterator[None]:
    """Let PostgreSQL refuse every write, as managed ones do before their disk is full."""
    owner = await asyncpg.connect(servers.owner_url)
    try:
        await owner.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        await owner.execute("SELECT pg_reload_conf()")
        yield
    finally:
        await owner.execute("ALTER SYSTEM RESET default_transaction_read_only")
        await owner.execute("SELECT pg_reload_conf()")
        await owner.close()


@asynccontextmanager
async def no_space(servers: Servers) -> AsyncIterator[None]:
    """Put the tables on a small disk, and fill it. Only root may, and not everywhere."""
    disk = servers.data_of("postgres").parent / "small"
    await asyncio.to_thread(mount, disk)
    owner = await asyncpg.connect(servers.owner_url)
    try:
        place = disk / "tables"
        place.mkdir()
        served = servers.data_of("postgres").stat()
        os.chown(place, served.st_uid, served.st_gid)
        await owner.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
        await move_tables(owner, "small")
        filling = disk / "filling"
        await asyncio.to_thread(fill, filling)
        async with use_up_pages(owner):
            yield
        filling.unlink()
    finally:
        await move_tables(owner, "pg_default")
        await owner.execute("DROP TABLESPACE IF EXISTS small")
        await owner.close()
        await asyncio.to_thread(subprocess.run, ["umount", str(disk)], check=True)


def mount(disk: Path) -> None:
    """Make a disk of our own."""
    disk.mkdir(mode=0o755)
    command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(disk)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        disk.rmdir()
        pytest.skip(f"no disk can be mounted here: {error}")


def fill(path: Path) -> None:
    """Leave not one byte."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        while True:
            os.write(handle, bytes(4096))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
    finally:
        os.close(handle)


async def move_tables(owner: asyncpg.Connection, tablespace: str) -> None:
    """Move what every change writes to."""
    for table in TABLES:
        await owner.execute(f"ALTER TABLE {table} SET TABLESPACE {tablespace}")


@asynccontextmanager
async def use_up_pages(owner: asyncpg.Connection) -> AsyncIterator[None]:
    """Take the room that is left in the files, by rows that are never committed."""
    transaction = owner.transaction()
    await transaction.start()
    try:
        with suppress(asyncpg.DiskFullError):
            while True:
                async with owner.transaction():  # a savepoint: the rows before it stay
                    await owner.execute(ROW)
        yield
    finally:
        await transaction.rollback()


@asynccontextmanager
async def no_memory(servers: Servers) -> AsyncIterator[None]:
    """Let Redis refuse what needs memory."""
    async with Redis.from_url(servers.start()["REDIS_URL"]) as redis:
        await redis.config_set("maxmemory", "1")
        try:
            await require_refusal(redis, "maxmemory")
            yield
        finally:
            await redis.config_set("maxmemory", "0")


@asynccontextmanager
async def no_snapshot(servers: Servers) -> AsyncIterator[None]:
    """Let Redis refuse every write, because its last snapshot could not be written."""
    obstacle = servers.data_of("redis") / "dump.rdb"
    obstacle.mkdir()
    async with Redis.from_url(servers.start()["REDIS_URL"]) as redis:
        await redis.config_set("save", "3600 1")
        try:
            await snapshot(redis)
            await require_refusal(redis, "MISCONF")
            yield
        finally:
            obstacle.rmdir()
            await snapshot(redis)
            await redis.config_set("save", "")


async def snapshot(redis: Redis) -> None:
    """Write one, or try to."""
    with suppress(ResponseError):  # one is being written already
        await redis.bgsave()
    async with asyncio.timeout(10):
        while (await redis.info("persistence"))["rdb_bgsave_in_progress"]:  # noqa: ASYNC110 - Redis sets no event
            await asyncio.sleep(0.02)


async def require_refusal(redis: Redis, reason: str) -> None:
    """Make sure that the fault is there."""
    with pytest.raises(ResponseError, match=reason):
        await redis.set("probe", "x")
