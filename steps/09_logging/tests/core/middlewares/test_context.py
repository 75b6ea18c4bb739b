"""The id of a request."""

import asyncio
import json
from uuid import UUID

import httpx
import pytest
from starlette.types import Message
from structlog.contextvars import get_contextvars

from app.core.middlewares import ContextMiddleware
from tests.core.middlewares.sandbox import make_app
from tests.fixtures.log import Lines

ID = {"X-Request-ID": "abc-1"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/items/1", 200),
        ("GET", "/nowhere", 404),
        ("PUT", "/api/items/1", 405),
        ("GET", "/api/items/1/large", 413),
        ("POST", "/api/items", 422),
        ("GET", "/api/items/1/often", 429),
        ("DELETE", "/api/items/1", 500),
        ("GET", "/api/items/1/busy", 503),
        ("GET", "/api/items/1/stream", 200),
    ],
)
async def test_every_answer_carries_the_id(
    client: httpx.AsyncClient, lines: Lines, method: str, path: str, status: int
) -> None:
    """In its header once, in the one line about it, and in the body of an error."""
    answer = await client.request(method, path, headers=ID)
    assert answer.status_code == status
    assert answer.headers.get_list("x-request-id") == ["abc-1"]
    (line,) = lines.read()
    assert (line["request_id"], line["http.response.status_code"]) == ("abc-1", status)
    if status >= 400:
        assert answer.json()["request_id"] == "abc-1"


@pytest.mark.parametrize(
    "forged", [b"a" * 65, b"a b", b"a\tb", b"\xd0\xb9", b"<b>", b"a\x1b[2J", b"", b'{"a":1}']
)
async def test_forged_id_is_replaced(
    client: httpx.AsyncClient, lines: Lines, forged: bytes
) -> None:
    """By one of ours, the same everywhere."""
    answer = await client.get("/api/items/1", headers={b"X-Request-ID": forged})
    made = answer.headers["x-request-id"]
    UUID(made)
    assert answer.json() == {"request_id": made}
    assert [line["request_id"] for line in lines.read()] == [made]


async def test_requests_at_once_do_not_mix(client: httpx.AsyncClient, lines: Lines) -> None:
    """Each sees its own id, and leaves nothing behind."""

    async def ask(request_id: str) -> str:
        answer = await client.get("/api/items/1", headers={"X-Request-ID": request_id})
        assert answer.headers["x-request-id"] == request_id
        return str(answer.json()["request_id"])

    ids = [f"id-{number}" for number in range(30)]
    assert await asyncio.gather(*map(ask, ids)) == ids
    assert sorted(line["request_id"] for line in lines.read()) == sorted(ids)
    assert get_contextvars() == {}


async def test_request_after_another_starts_clean(client: httpx.AsyncClient, lines: Lines) -> None:
    """Also in the context of a connection that is kept: the user before is not the user now."""
    await client.delete("/api/items/1")
    await client.get("/api/items/1")
    first, second = lines.read()
    assert first["user_id"] == "7"
    assert "user_id" not in second


async def test_websocket_has_an_id() -> None:
    """In its lines, and in the answer that opens it."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"x-request-id", b"abc-1")]
    scope = {
        "type": "websocket",
        "path": "/api/items/talk",
        "headers": headers,
        "query_string": b"",
    }
    await make_app()(scope, receive, send)
    accept, answer, _ = sent
    assert accept["headers"] == headers
    assert json.loads(answer["text"]) == {"request_id": "abc-1"}


async def test_lifespan_passes() -> None:
    """It has no headers."""
    seen: list[str] = []

    async def app(scope: Message, _receive: object, _send: object) -> None:
        seen.append(scope["type"])

    await ContextMiddleware(app)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]  # not used
    assert seen == ["lifespan"]
