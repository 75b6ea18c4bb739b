"""A web process of the finished app, as the Procfile starts it."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from .processes import find_free_port, read_procfile
from .run import FINAL

PATIENCE = 60.0
"""Seconds in which it has to be ready."""


@dataclass
class Web:
    """A web process, and where it listens."""

    url: str
    process: asyncio.subprocess.Process


@asynccontextmanager
async def serve(settings: dict[str, str], log: Path) -> AsyncIterator[Web]:
    """Start it as the Procfile does, and wait until it is ready."""
    port = find_free_port()
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *read_procfile(FINAL)["web"],
            cwd=FINAL,
            env={**os.environ, **settings, "UVICORN_PORT": str(port)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    web = Web(f"http://127.0.0.1:{port}", process)
    try:
        await wait_until_ready(web.url)
        yield web
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def wait_until_ready(url: str) -> None:
    """Ask as a balancer does."""
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient(base_url=url) as client:
        while True:
            try:
                if (await client.get("/health/ready")).is_success:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.05)
