"""The line of a request."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from ipaddress import ip_network
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from app.core.log.context import get_context
from app.core.middlewares import LoggingMiddleware, exchange
from app.core.middlewares.logging import logger
from app.main import init_app
from tests.core.middlewares.sandbox import make_app
from tests.fixtures.client import call
from tests.fixtures.log import Lines

SECRET = "mB3dTq5Zx0cXW9aLr7uVnE2kJ8sHyPfGiO4wQ6tRzUM"


async def test_line_says_what_who_and_how(client: httpx.AsyncClient, lines: Lines) -> None:
    """The fields that one looks for."""
    await client.get("/api/items/1")
    (line,) = lines.read()
    assert line["message"] == "GET /api/items/{item_id} 200"
    assert line["level"] == "info"
    assert line["http.request.method"] == "GET"
    assert line["http.route"] == "/api/items/{item_id}"
    assert line["http.response.status_code"] == 200
    assert 1 <= line["duration_ms"] < 10_000
    assert line["client.address"] == "203.0.113.0/24"


@pytest.mark.parametrize(
    "path", [f"/api/items/{SECRET}?token={SECRET}", f"/nowhere/{SECRET}", f"/{SECRET}?{SECRET}"]
)
async def test_neither_path_nor_query_is_shown(
    client: httpx.AsyncClient, lines: Lines, path: str
) -> None:
    """They may hold a token; the template tells enough."""
    await client.get(path)
    assert SECRET not in lines.text


@pytest.mark.parametrize(
    ("method", "path", "level"),
    [
        ("GET", "/nowhere", "info"),
        ("PUT", "/api/items/1", "info"),
        ("POST", "/api/items", "info"),
        ("GET", "/api/items/1/large", "info"),
        ("GET", "/api/items/1/often", "info"),
        ("GET", "/api/items/1/busy", "warning"),
        ("GET", "/health/live", "debug"),
        ("GET", "/health/live?status=500", "warning"),
        ("GET", "/health/live?status=503", "warning"),
    ],
)
async def test_foreseen_answer_is_one_line_without_traceback(
    client: httpx.AsyncClient, lines: Lines, method: str, path: str, level: str
) -> None:
    """Nobody has to do anything about a wrong request, and something about a busy server."""
    await client.request(method, path)
    (line,) = lines.read()
    assert line["level"] == level
    assert "exception.stacktrace" not in line


async def test_failure_is_one_line_with_traceback(client: httpx.AsyncClient, lines: Lines) -> None:
    """The user is in it, the secret in the error is not."""
    answer = await client.delete("/api/items/swordfish")
    (line,) = lines.read()
    assert line["level"] == "error"
    assert line["message"] == "DELETE /api/items/{item_id} 500"
    assert line["exception.type"] == "builtins.RuntimeError"
    assert line["exception.stacktrace"].endswith("RuntimeError: password=***")
    assert line["user_id"] == "7"
    assert line["request_id"] == answer.headers["x-request-id"]


async def test_stream_is_measured_to_its_end(client: httpx.AsyncClient, lines: Lines) -> None:
    """Not to its first byte."""
    await client.get("/api/items/1/stream")
    (line,) = lines.read()
    assert line["duration_ms"] >= 140


async def test_failure_after_the_answer_has_its_status(
    client: httpx.AsyncClient, lines: Lines
) -> None:
    """The client had a good answer, in the time that it took."""
    await client.get("/api/items/1/late")
    (line,) = lines.read()
    assert (line["level"], line["http.response.status_code"]) == ("error", 200)
    assert line["exception.stacktrace"].endswith("too late")
    assert line["duration_ms"] < 1000


async def test_invented_method_is_not_repeated(client: httpx.AsyncClient, lines: Lines) -> None:
    """A method is any word that a client likes."""
    await client.request("SWORDFISH", "/api/items/1")
    (line,) = lines.read()
    assert line["http.request.method"] == "_OTHER"
    assert "SWORDFISH" not in lines.text


async def run(app: FastAPI, path: str, receive: Callable[[], Awaitable[Any]]) -> None:
    """Let a client ask that receives nothing."""

    async def send(_message: object) -> None:
        await asyncio.sleep(0)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    await app(scope, receive, send)


async def test_route_that_is_in_no_router_has_its_template(lines: Lines) -> None:
    """FastAPI tells of it in another way."""
    app = FastAPI()
    app.get("/direct/{token}")(get_context)
    await run(LoggingMiddleware(app), "/direct/swordfish", wait_for_ever)  # type: ignore[arg-type]  # an ASGI app too
    (line,) = lines.read()
    assert (line["http.route"], line["http.response.status_code"]) == ("/direct/{token}", 200)


async def answer(_request: Request) -> Response:
    """Answer."""
    return Response()


async def test_route_that_has_no_template_shows_nothing_of_its_path(lines: Lines) -> None:
    """Starlette's own does not tell it, and what is in the place of a name may be a token."""
    app = FastAPI()
    app.add_route("/direct/{token}", answer)
    await run(LoggingMiddleware(app), "/direct/swordfish", wait_for_ever)  # type: ignore[arg-type]  # an ASGI app too
    (line,) = lines.read()
    assert line["http.response.status_code"] == 200
    assert "http.route" not in line
    assert "swordfish" not in lines.text


async def hang_up() -> dict[str, object]:
    """Be a client that has gone."""
    return {"type": "http.disconnect"}


async def wait_for_ever() -> dict[str, object]:
    """Be a client that says no more."""
    await asyncio.sleep(60)
    return {}


@pytest.mark.parametrize("path", ["/api/items/1", "/api/items/1/stream"])
async def test_client_that_did_not_wait_is_marked(
    lines: Lines, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """As 499: neither a success nor an error of ours."""
    monkeypatch.setattr(exchange, "PATIENCE", 0.0)

    await run(make_app(), path, hang_up)
    (line,) = lines.read()
    assert (line["http.response.status_code"], line["level"]) == (499, "info")


async def test_client_that_hangs_up_in_mid_request_is_no_failure(lines: Lines) -> None:
    """Reading the rest of it raises, and nobody has to look."""

    async def app(scope: Any, receive: Any, _send: Any) -> None:  # noqa: ANN401 - ASGI
        await Request(scope, receive).body()

    with pytest.raises(ClientDisconnect):
        await run(LoggingMiddleware(app), "/", hang_up)  # type: ignore[arg-type]  # an ASGI app too
    (line,) = lines.read()
    assert (line["http.response.status_code"], line["level"]) == (499, "info")


async def test_answer_to_a_client_that_the_app_saw_go_is_marked(lines: Lines) -> None:
    """However soon it comes: nobody reads it."""

    async def app(_scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    await run(LoggingMiddleware(app), "/", hang_up)  # type: ignore[arg-type]  # an ASGI app too
    (line,) = lines.read()
    assert line["http.response.status_code"] == 499


async def test_client_that_leaves_in_mid_answer_is_marked(lines: Lines) -> None:
    """It got the status, and not what it came for."""

    async def app(_scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        await receive()

    await run(LoggingMiddleware(app), "/", hang_up)  # type: ignore[arg-type]  # an ASGI app too
    (line,) = lines.read()
    assert line["http.response.status_code"] == 499


async def test_cancelled_request_is_told(lines: Lines) -> None:
    """A server that stops waits only so long."""

    async def app(_scope: Any, _receive: Any, _send: Any) -> None:  # noqa: ANN401 - ASGI
        await asyncio.sleep(60)

    request = asyncio.create_task(run(LoggingMiddleware(app), "/", wait_for_ever))  # type: ignore[arg-type]  # an ASGI app too
    await asyncio.sleep(0.01)
    request.cancel()
    with pytest.raises(asyncio.CancelledError):
        await request
    (line,) = lines.read()
    assert line["level"] == "warning"
    assert "exception.stacktrace" not in line


class BrokenFilter(logging.Filter):
    """Whoever handles lines may fail, even outside of what logging catches."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Fail."""
        raise RuntimeError(record.msg)


async def test_broken_log_breaks_no_request(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A line is worth less than an answer, and the server is told of nothing."""
    caplog.set_level(logging.INFO, logger.name)
    monkeypatch.setattr(logger, "filters", [BrokenFilter()])
    assert (await client.get("/api/items/1")).status_code == 200

    async def app(_scope: Any, _receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    await run(LoggingMiddleware(app), "/", wait_for_ever)  # type: ignore[arg-type]  # an ASGI app too


async def test_broken_log_hides_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is told of what went wrong first."""

    async def app(_scope: Any, _receive: Any, _send: Any) -> None:  # noqa: ANN401 - ASGI
        raise ValueError("first")

    async def receive() -> dict[str, object]:
        return {"type": "http.request"}

    monkeypatch.setattr(logger, "filters", [BrokenFilter()])
    with pytest.raises(ValueError, match="first"):
        await run(LoggingMiddleware(app), "/", receive)  # type: ignore[arg-type]  # an ASGI app too


async def test_client_behind_a_trusted_proxy_is_named(lines: Lines) -> None:
    """The proxy is the same in every line, and of no use to anybody."""
    proxies = [ip_network("203.0.113.0/24")]
    app = LoggingMiddleware(make_app(), proxies)
    async with call(app, address="203.0.113.77") as client:  # type: ignore[arg-type]  # an ASGI app too
        await client.get("/health/live?status=500", headers={"X-Forwarded-For": "198.51.100.9"})
    assert lines.read()[-1]["client.address"] == "198.51.100.0/24"


async def test_proxies_of_the_app_are_trusted(
    lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that the settings name."""
    monkeypatch.setenv("TRUSTED_PROXIES", "203.0.113.0/24")
    async with call(init_app(), address="203.0.113.77") as client:
        await client.get("/nothing", headers={"X-Forwarded-For": "198.51.100.9"})
    assert lines.read()[-1]["client.address"] == "198.51.100.0/24"
