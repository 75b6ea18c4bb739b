"""The log of a web process and of a worker, started as the Procfile does."""

import asyncio
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis
from sqlalchemy import URL

from tests.fixtures.log import read_lines
from tests.fixtures.queue import SETTINGS, read_options
from tests.fixtures.servers import Server, serve

APP = "tests.core.log.server:app"
SANDBOX = "tests.core.services.queue.sandbox:init_sandbox_worker"
TOKEN = "mB3dTq5Zx0cXW9aLr7uVnE2kJ8sHyPfGiO4wQ6tRzUM"
ID = {"X-Request-ID": "from-the-client"}
PATIENCE = 8.0

Lines = list[dict[str, Any]]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="taskiq's workers need POSIX")


@dataclass
class Processes:
    """Both, and what they wrote so far."""

    server: Server
    read_worker: Callable[[], str]

    @property
    def web(self) -> Lines:
        """The lines of the web process: there is nothing else."""
        return read_lines(self.server.log)

    @property
    def worker(self) -> Lines:
        """The lines of the worker; taskiq's manager, the process around it, knows no app."""
        text = self.read_worker()
        complete = text[: text.rfind("\n") + 1]
        return read_lines(
            "\n".join(line for line in complete.splitlines() if not line.startswith("["))
        )

    async def wait_for_web(self, **fields: object) -> Lines:
        """Wait for a line with these fields, and for one more that should not be there.

        A client has its answer a moment before the line is written.
        """
        async with asyncio.timeout(PATIENCE):
            while not select(self.web, **fields):  # noqa: ASYNC110 - another process writes
                await asyncio.sleep(0.02)
        await asyncio.sleep(0.1)
        return select(self.web, **fields)

    async def wait_for_worker(self, **fields: object) -> Lines:
        """Wait for a line with these fields; return all that share its request."""
        async with asyncio.timeout(PATIENCE):
            while not (found := select(self.worker, **fields)):  # noqa: ASYNC110 - the same
                await asyncio.sleep(0.05)
        return select(self.worker, request_id=found[-1]["request_id"])


def select(lines: Lines, **fields: object) -> Lines:
    """Give the lines that have these fields; ``__`` stands for a dot."""
    wanted = {name.replace("__", "."): value for name, value in fields.items()}
    return [line for line in lines if wanted.items() <= line.items()]


@contextmanager
def work(log: Path, **settings: str) -> Iterator[None]:
    """Run a worker that writes to a file: it can be read while the worker runs."""
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "taskiq", "worker", SANDBOX, *read_options("worker")],
            env={**os.environ, **settings},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
async def processes(
    database_url: URL, redis: Redis, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Processes]:
    """Start both, with a queue of their own."""
    prefix = f"test-log-{secrets.token_hex(4)}"
    settings = {
        **SETTINGS,
        "QUEUE_PREFIX": prefix,
        "QUEUE_MAX_TRIES": "2",
        "LOG_FORMAT": "json",
        "DATABASE_URL": database_url.render_as_string(hide_password=False),
    }
    log = tmp_path_factory.mktemp("log") / "worker"
    with work(log, **settings), serve(APP, **settings) as server:
        await asyncio.to_thread(lambda: server.url)
        yield Processes(server, log.read_text)
    async for key in redis.scan_iter(f"{prefix}:*"):
        await redis.delete(key)


@pytest.fixture(scope="module")
async def client(processes: Processes) -> AsyncIterator[httpx.AsyncClient]:
    """Call the web process."""
    async with httpx.AsyncClient(base_url=processes.server.url, timeout=PATIENCE) as client:
        yield client


async def test_one_id_leads_through_all_processes(
    client: httpx.AsyncClient, processes: Processes
) -> None:
    """From the client's header through the event's handler to the worker."""
    name = f"u{secrets.token_hex(4)}"
    answer = await client.post(f"/log/all/{name}", headers={"X-Request-ID": name})
    assert (answer.status_code, answer.headers["x-request-id"]) == (200, name)
    await processes.wait_for_web(request_id=name, http__response__status_code=200)
    event, request = select(processes.web, request_id=name)
    assert (event["logger"], request["message"]) == (
        "app.auth.events.users.created",
        "POST /log/all/{name} 200",
    )
    task = {"task__name": "sandbox.write_line", "request_id": name}
    lines = await processes.wait_for_worker(task__status="done", **task)
    (done,) = select(lines, task__status="done", **task)
    started, _ = select(lines, task__id=done["task.id"])
    assert started["message"].startswith("Executing task sandbox.write_line")
    assert (done["message"], done["process"]) == ("task sandbox.write_line done", "worker")
    assert (done["task.name"], done["task.try"]) == ("sandbox.write_line", 1)
    assert done["duration_ms"] > 0


async def test_failed_task_tells_no_secret(client: httpx.AsyncClient, processes: Processes) -> None:
    """Though taskiq writes the exception with its text; the next try keeps the id."""
    await client.post("/log/secret", params={"password": TOKEN[:20]}, headers=ID)
    lines = await processes.wait_for_worker(
        task__name="sandbox.fail_with_secret", task__status="failed", task__try=2
    )
    assert {line["request_id"] for line in lines} == {"from-the-client"}
    failed = select(lines, message="Exception found while executing function.")
    assert [line["exception.type"] for line in failed] == ["builtins.RuntimeError"] * 2
    assert "cannot log in with ***" in failed[0]["exception.stacktrace"]
    assert select(lines, level="error", logger="app.core.services.queue.dead_letters")
    log = processes.read_worker() + processes.server.log
    assert TOKEN[:20] not in log
    assert "4711" not in str([line.get("exception.stacktrace") for line in lines])


async def test_failure_has_one_line_with_the_id(
    client: httpx.AsyncClient, processes: Processes
) -> None:
    """Uvicorn, the handler of 500s and the middleware have the same to say."""
    answer = await client.get(f"/log/fail/{TOKEN}")
    assert answer.status_code == 500
    made = answer.headers["x-request-id"]
    assert answer.json()["request_id"] == made
    (line,) = await processes.wait_for_web(level="error")
    assert line["request_id"] == made
    assert (line["level"], line["message"]) == ("error", "GET /log/fail/{token} 500")
    assert "token=***" in line["exception.stacktrace"]
    assert TOKEN not in processes.server.log


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("POST", "/api/v1/users", 405),
        ("GET", "/api/v1/users?page=0", 422),
        ("GET", "/api/v1/users", 200),
    ],
)
async def test_request_has_one_line(
    client: httpx.AsyncClient, processes: Processes, method: str, path: str, status: int
) -> None:
    """Uvicorn's own access log is off."""
    answer = await client.request(method, path)
    (line,) = await processes.wait_for_web(request_id=answer.headers["x-request-id"])
    assert line["http.response.status_code"] == status
    assert not select(processes.web, logger="uvicorn.access")
    assert line.get("http.route") == (None if status == 404 else "/api/v1/users")


async def test_client_that_gives_up_is_seen(
    client: httpx.AsyncClient, processes: Processes
) -> None:
    """Of a slow answer, the status is not 200 that nobody got, but 499."""
    with pytest.raises(httpx.ReadTimeout):
        await client.get("/log/slow", timeout=0.3)
    found = await processes.wait_for_web(http__route="/log/slow")
    assert [line["http.response.status_code"] for line in found] == [499]


async def test_pipelined_requests_do_not_share(processes: Processes) -> None:
    """The server runs the second one in the context that the first one left."""
    host, port = processes.server.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    heads = (f"GET /health/live?{n} HTTP/1.1\r\nHost: x\r\nX-Request-ID: p{n}\r\n" for n in (1, 2))
    writer.write("".join(f"{head}\r\n" for head in heads).encode())
    async with asyncio.timeout(PATIENCE):
        text = b""
        while text.count(b"x-request-id") < 2:
            text += await reader.read(4096)
    writer.close()
    assert b"x-request-id: p1" in text
    assert b"x-request-id: p2" in text
