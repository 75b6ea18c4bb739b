"""The wait for the database."""

import asyncio
import socket
import subprocess
import sys
import time

import pytest
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from app.core.configs.database import DatabaseConfig
from app.pre_start import wait_for_database


def config_for(url: URL, *, tries: int, wait: float = 0.05) -> DatabaseConfig:
    """Make settings for a database that may not be there."""
    address = url.render_as_string(hide_password=False)
    return DatabaseConfig(DATABASE_URL=address, PRE_START_TRIES=tries, PRE_START_WAIT=wait)


def free_port() -> int:
    """Find a port on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


async def forward(port: int, target: URL) -> asyncio.Server:
    """Listen on the port and pass every byte to the target and back."""

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
        writer.close()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(target.host, target.port)
        await asyncio.gather(pump(reader, back), pump(there, writer))

    return await asyncio.start_server(accept, "127.0.0.1", port)


async def test_database_that_comes_up_late_is_waited_for(database_url: URL) -> None:
    """Nothing listens at first; the wait ends as soon as the database answers."""
    port = free_port()
    waiting = asyncio.create_task(
        wait_for_database(config_for(database_url.set(host="127.0.0.1", port=port), tries=100))
    )
    await asyncio.sleep(0.3)
    assert not waiting.done()
    server = await forward(port, database_url)
    async with server:
        await asyncio.wait_for(waiting, timeout=10)


async def test_wait_ends_after_the_tries_in_the_settings(database_url: URL) -> None:
    """A database that never comes is reported with its own error."""
    absent = database_url.set(host="127.0.0.1", port=free_port())
    started = time.monotonic()
    with pytest.raises(OSError, match="Connect call failed"):
        await wait_for_database(config_for(absent, tries=4))
    assert time.monotonic() - started >= 3 * 0.05


async def test_refused_password_is_not_tried_again(database_url: URL) -> None:
    """It would be refused again, and the operator waits for nothing."""
    with pytest.raises(DBAPIError, match="password authentication failed"):
        await asyncio.wait_for(
            wait_for_database(config_for(database_url.set(password="wrong"), tries=100, wait=60)),
            timeout=10,
        )


async def test_mistake_in_the_code_is_not_tried_again(database_url: URL) -> None:
    """Only the network and the database may do better next time."""
    config = config_for(database_url, tries=100, wait=60)
    address = f"{config.DATABASE_URL}?max_cacheable_statement_size=0"  # asyncpg wants a number
    with pytest.raises(TypeError):
        await asyncio.wait_for(
            wait_for_database(config.model_copy(update={"DATABASE_URL": address})), timeout=10
        )


def test_command_says_what_it_could_not_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line with the address, without the password, and exit code 1."""
    port = free_port()
    monkeypatch.setenv("DATABASE_URL", f"postgresql://app:hush@127.0.0.1:{port}/shop")
    monkeypatch.setenv("PRE_START_TRIES", "1")
    ended = subprocess.run(
        [sys.executable, "-m", "app.pre_start"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert f"127.0.0.1:{port}/shop" in ended.stderr
    assert "DATABASE_URL" in ended.stderr
    assert "hush" not in ended.stderr
    assert "Traceback" not in ended.stderr
