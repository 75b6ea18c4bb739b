"""What browsers are told with every answer."""

import pytest
from fastapi import FastAPI

from app.core.api.application import Application
from app.core.middlewares.security_headers import HEADERS, SecurityHeadersMiddleware
from app.main import init_app
from tests.fixtures.client import call

EXPECTED = {name.decode(): value.decode() for name, value in HEADERS}


async def fail() -> None:
    """Be a mistake of ours."""
    raise RuntimeError("a mistake")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/health/live", 200),
        ("GET", "/no/such/path", 404),
        ("DELETE", "/health/live", 405),
        ("GET", "/api/v1/users?page=none", 422),
        ("GET", "/fail", 500),
    ],
)
async def test_every_answer_has_them(method: str, path: str, status: int) -> None:
    """Problems too, and the one that Starlette writes outside of all other middlewares."""
    app = init_app()
    app.add_api_route("/fail", fail)
    async with app.router.lifespan_context(app), call(app) as client:
        answer = await client.request(method, path)
    assert answer.status_code == status
    assert EXPECTED.items() <= dict(answer.headers).items()
    assert "strict-transport-security" not in answer.headers


async def test_page_that_says_more_keeps_its_own(app: FastAPI) -> None:
    """Each name is there once: of two policies, browsers would obey both."""
    async with call(app) as client:
        answer = await client.get("/api/v1/auth/pages/verify-email", params={"token": "t"})
    (policy,) = answer.headers.get_list("content-security-policy")
    assert "nonce-" in policy
    assert answer.headers.get_list("x-frame-options") == ["DENY"]


async def test_https_is_remembered_where_there_is_any() -> None:
    """Of the answer to an unexpected error too."""
    app = Application()
    app.add_outermost(SecurityHeadersMiddleware, hsts_max_age=600)
    app.add_api_route("/fail", fail)
    async with call(app) as client:
        for path in ("/fail", "/none"):
            answer = await client.get(path)
            assert answer.headers["strict-transport-security"] == "max-age=600"


async def test_they_need_no_headers_to_join() -> None:
    """The list of a message may be missing, or one that cannot be changed."""
    sent = []

    async def bare(_scope: object, _receive: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 200})  # type: ignore[operator]

    async def send(message: object) -> None:
        sent.append(message)

    scope = {"type": "http"}
    await SecurityHeadersMiddleware(bare)(scope, None, send)  # type: ignore[arg-type]
    assert sent == [{"type": "http.response.start", "status": 200, "headers": [*HEADERS]}]


async def test_the_outermost_is_the_last_one_added() -> None:
    """As with the middlewares that are added the usual way: it finds what the others did."""
    app = Application()
    app.add_outermost(SecurityHeadersMiddleware, hsts_max_age=1)
    app.add_outermost(SecurityHeadersMiddleware, hsts_max_age=2)
    async with call(app) as client:
        answer = await client.get("/none")
    assert answer.headers.get_list("strict-transport-security") == ["max-age=1"]
