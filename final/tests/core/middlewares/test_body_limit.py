"""Bodies that are too large."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import httpx
import pytest

from app.core.api.problems import MEDIA_TYPE
from app.core.configs.web import WebConfig
from app.main import init_app
from tests.fixtures.client import call
from tests.fixtures.servers import serve

LIMIT = 1000
PATIENCE = 8.0
JSON = ("/api/v1/auth/register", "application/json")
FORM = ("/api/v1/auth/login", "application/x-www-form-urlencoded")


@pytest.fixture
async def limited(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """Call an app that takes little."""
    monkeypatch.setenv("MAX_BODY_SIZE", str(LIMIT))
    app = init_app()
    async with app.router.lifespan_context(app), call(app) as client:
        yield client


async def in_pieces(body: bytes, size: int = 100) -> AsyncIterator[bytes]:
    """Send it without saying how long it is."""
    for start in range(0, len(body), size):
        yield body[start : start + size]


@pytest.mark.parametrize("kind", [JSON, FORM])
@pytest.mark.parametrize("is_announced", [True, False])
async def test_too_large_is_a_problem(
    limited: httpx.AsyncClient, kind: tuple[str, str], *, is_announced: bool
) -> None:
    """The same one, whether the client says so first or it turns out."""
    path, content_type = kind
    body = b"x" * (LIMIT + 1)
    content = body if is_announced else in_pieces(body)
    answer = await limited.post(path, content=content, headers={"Content-Type": content_type})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["code"], problem["title"]) == ("body_too_large", "Body too large")
    assert problem["detail"] == "The body may have 1000 bytes."
    assert problem["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize("kind", [JSON, FORM])
@pytest.mark.parametrize("is_announced", [True, False])
async def test_just_small_enough_is_read(
    limited: httpx.AsyncClient, kind: tuple[str, str], *, is_announced: bool
) -> None:
    """What is wrong with it is told by whoever reads it."""
    path, content_type = kind
    body = b"x" * LIMIT
    content = body if is_announced else in_pieces(body)
    answer = await limited.post(path, content=content, headers={"Content-Type": content_type})
    assert answer.status_code == 422


def test_bad_bodies_are_documented() -> None:
    """Generated clients know them, of operations that have a body."""
    paths = init_app().openapi()["paths"]

    def find_codes(path: str, method: str, status: str) -> set[str]:
        answer = paths[path][method]["responses"].get(status, {"content": {MEDIA_TYPE: {}}})
        return set(answer["content"][MEDIA_TYPE].get("examples", ()))

    assert find_codes(JSON[0], "post", "413") == {"body_too_large"}
    assert find_codes("/api/v1/auth/verify-email", "post", "400") == {
        "bad_request",
        "mail_token_invalid",
    }
    assert find_codes("/api/v1/users", "get", "413") == set()
    assert WebConfig().MAX_BODY_SIZE == 2**20


async def test_what_is_no_text_is_a_bad_request(limited: httpx.AsyncClient) -> None:
    """As it is documented."""
    path, content_type = JSON
    headers = {"Content-Type": content_type}
    answer = await limited.post(path, content=b'{"email": "\xff"}', headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


@pytest.mark.parametrize("announced", [10**12, None])
async def test_server_does_not_read_to_the_end(announced: int | None) -> None:
    """A client that goes on sending is answered and left, long before it has sent a terabyte."""
    length = f"Content-Length: {announced}" if announced else "Transfer-Encoding: chunked"
    path, content_type = JSON
    type_line = f"Content-Type: {content_type}"
    head = f"POST {path} HTTP/1.1\r\nHost: test\r\n{type_line}\r\n{length}\r\n\r\n"
    piece = b"x" * 65_536
    chunk = piece if announced else b"%x\r\n%b\r\n" % (len(piece), piece)
    with serve("app.main:app") as server:
        url = urlsplit(await asyncio.to_thread(lambda: server.url))
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(url.hostname, url.port)
            writer.write(head.encode())
            status = asyncio.create_task(reader.readline())
            sent = 0
            try:
                while not status.done():
                    writer.write(chunk)
                    await writer.drain()
                    sent += len(chunk)
            except ConnectionError:
                pass  # it has left already
            finally:
                writer.close()
            assert (await status).startswith(b"HTTP/1.1 413")
    assert sent < 64 * 2**20
