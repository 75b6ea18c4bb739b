"""An event on its way through the processes, started as the Procfile does.

What becomes of a task is told in ``test_log_processes.py``.
"""

import asyncio
import secrets
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.core.configs.events import EventsConfig
from tests.fixtures.events import run_program, wait_until
from tests.fixtures.log import read_lines
from tests.fixtures.servers import serve

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


@pytest.fixture
async def logs(
    events: EventsConfig,  # noqa: ARG001 - streams of the processes' own
    sessions: async_sessionmaker[AsyncSession],  # noqa: ARG001 - empties the tables in the end
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> AsyncIterator[dict[str, Any]]:
    """Start a web process, a relay and consumers; give what has their logs."""
    monkeypatch.setenv("LOG_FORMAT", "json")
    with (
        run_program("app.relay", tmp_path) as relay,
        run_program("app.consumers", tmp_path) as consumers,
        serve("app.main:app") as web,
    ):
        await asyncio.to_thread(lambda: web.url)
        yield {"web": web, "relay": relay, "consumers": consumers}


def read_complete_lines(log: str) -> list[dict[str, Any]]:
    """Read what is there; the last line may not be whole yet."""
    complete = log[: log.rfind("\n") + 1]
    return read_lines("\n".join(row for row in complete.splitlines() if row[:1] == "{"))


def require_no_failure(log: str) -> None:
    """Fail if a process has: what it should write will never come."""
    failures = [line for line in read_complete_lines(log) if line["level"] in {"error", "critical"}]
    assert failures == []


async def test_one_id_leads_from_the_request_to_every_effect(logs: dict[str, Any]) -> None:
    """Who looks for one id finds what became of the request, in whichever process."""
    name = f"u{secrets.token_hex(4)}"
    account = {"email": f"{name}@example.com", "username": name, "password": "a long password"}
    async with httpx.AsyncClient(base_url=logs["web"].url, timeout=20) as client:
        headers = {"X-Request-ID": name}
        answer = await client.post("/api/v1/auth/register", json=account, headers=headers)
    assert answer.status_code == 201

    def find(process: str) -> list[str]:
        lines = read_complete_lines(logs[process].log)
        return [line["message"] for line in lines if line.get("request_id") == name]

    async def are_all_there() -> bool:
        for process in ("relay", "consumers"):
            require_no_failure(logs[process].log)
        return all(find(process) for process in logs)

    await wait_until(are_all_there)
    assert "POST /api/v1/auth/register 201" in find("web")
    assert find("relay") == ["auth.user_registered.v1 was sent"]
    assert find("consumers") == ["audit handled auth.user_registered.v1"]
