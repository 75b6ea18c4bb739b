"""Every error has one shape."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

import httpx
import pytest
from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import URL, text
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from starlette.requests import Request

from app.core.api.handlers import setup_exception_handlers
from app.core.api.problems import MEDIA_TYPE, Problem
from app.core.configs.database import DatabaseConfig
from app.core.db import create_engine
from app.core.db.reading import create_read_session_factory
from tests.fixtures.client import call


async def open_session(request: Request) -> AsyncIterator[AsyncSession]:
    """Give a route of a small app its session."""
    async with create_read_session_factory(request.app.state.engine)() as session:
        yield session


Session = Annotated[AsyncSession, Depends(open_session, scope="function")]


def require_problem(answer: httpx.Response, status: int, code: str) -> Problem:
    """Check what all problems have in common."""
    assert answer.headers["content-type"] == MEDIA_TYPE
    problem = Problem.model_validate_json(answer.content)
    assert (answer.status_code, problem.status, problem.code) == (status, status, code)
    assert problem.type.endswith(f":{code}")
    assert answer.headers["x-request-id"] == problem.request_id
    assert problem.instance == answer.request.url.path
    return problem


async def test_unknown_path(client: httpx.AsyncClient) -> None:
    """The framework's own 404."""
    require_problem(await client.get("/nowhere"), 404, "not_found")


async def test_slash_at_the_end_is_another_path(client: httpx.AsyncClient) -> None:
    """No redirect: behind a proxy it would lead to an address that nobody can reach."""
    require_problem(await client.get("/api/v1/users/"), 404, "not_found")


async def test_wrong_method_says_which_are_right(client: httpx.AsyncClient) -> None:
    """The header that RFC 9110 demands is kept."""
    answer = await client.post("/api/v1/users")
    require_problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET"


async def test_business_error(client: httpx.AsyncClient) -> None:
    """A module's error carries its own code."""
    problem = require_problem(await client.get("/api/v1/users/1"), 404, "user_not_found")
    assert problem.errors is None


async def test_invalid_request_lists_the_mistakes(client: httpx.AsyncClient) -> None:
    """All of them, each with its place, its message and its own code."""
    answer = await client.get("/api/v1/users?page=0&page_size=x")
    problem = require_problem(answer, 422, "invalid_request")
    assert [(error.loc, error.code) for error in problem.errors or ()] == [
        (["query", "page"], "greater_than_equal"),
        (["query", "page_size"], "int_parsing"),
    ]


async def test_id_of_the_caller_comes_back(client: httpx.AsyncClient) -> None:
    """In the body and in the header."""
    answer = await client.get("/nowhere", headers={"X-Request-ID": "abc-1"})
    assert require_problem(answer, 404, "not_found").request_id == "abc-1"


@pytest.fixture(scope="module")
async def failing(database_url: URL) -> AsyncIterator[FastAPI]:
    """Make an app that fails in every way, with a pool of one connection."""
    app = FastAPI()
    config = DatabaseConfig(
        DATABASE_URL=database_url.render_as_string(hide_password=False),
        DATABASE_POOL_SIZE=1,
        DATABASE_MAX_OVERFLOW=0,
        DATABASE_POOL_TIMEOUT=0.5,  # also the time that a new connection may take
        DATABASE_STATEMENT_TIMEOUT=1,
    )
    app.state.engine = create_engine(config)
    setup_exception_handlers(app)

    @app.get("/bug")
    async def bug() -> None:
        raise RuntimeError("hush: password=swordfish")

    @app.get("/refused")
    async def refused() -> None:
        raise ConnectionRefusedError("the bank does not answer")

    @app.get("/teapot")
    async def teapot() -> None:
        raise HTTPException(418, "short and stout", headers={"X-Pot": "tea"})

    @app.get("/unchanged")
    async def unchanged() -> None:
        raise HTTPException(304)

    @app.get("/sql")
    async def sql(statement: str, session: Session) -> None:
        await session.execute(text(statement))

    yield app
    await app.state.engine.dispose()


async def test_bug_reveals_nothing(failing: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    """The client gets an id to quote; the log has the same id."""
    async with call(failing) as client:
        answer = await client.get("/bug")
    problem = require_problem(answer, 500, "internal_error")
    assert "hush" not in answer.text
    assert "RuntimeError" not in answer.text
    assert problem.request_id in caplog.text


async def test_service_of_others_that_is_away_is_no_outage_of_ours(failing: FastAPI) -> None:
    """Only the database is waited for; who asks others says what that means."""
    async with call(failing) as client:
        require_problem(await client.get("/refused"), 500, "internal_error")


async def test_http_exception_keeps_its_detail_and_headers(failing: FastAPI) -> None:
    """What a library raises has the shape too."""
    async with call(failing) as client:
        answer = await client.get("/teapot")
    assert require_problem(answer, 418, "im_a_teapot").detail == "short and stout"
    assert answer.headers["x-pot"] == "tea"


async def test_status_that_has_no_body_gets_none(failing: FastAPI) -> None:
    """A 304 with a body would break the connection."""
    async with call(failing) as client:
        answer = await client.get("/unchanged")
    assert (answer.status_code, answer.content) == (304, b"")


async def test_mistake_in_sql_reveals_nothing(failing: FastAPI) -> None:
    """A database error is our bug, unless the connection was lost."""
    async with call(failing) as client:
        answer = await client.get("/sql", params={"statement": "SELECT swordfish"})
    require_problem(answer, 500, "internal_error")
    assert "swordfish" not in answer.text


async def test_full_pool_asks_to_come_back(failing: FastAPI) -> None:
    """No connection within the pool's timeout is 503, not a queue without end."""
    engine: AsyncEngine = failing.state.engine
    async with call(failing) as client, engine.connect():
        with pytest.raises(PoolTimeoutError):
            await engine.connect()
        answer = await client.get("/sql", params={"statement": "SELECT 1"})
    require_problem(answer, 503, "unavailable")
    assert answer.headers["retry-after"] == "1"


async def test_lost_connection_asks_to_come_back(failing: FastAPI) -> None:
    """A restarted database fails what runs now; the next request finds it again."""
    kill = {"statement": "SELECT pg_terminate_backend(pg_backend_pid())"}
    async with call(failing) as client:
        require_problem(await client.get("/sql", params=kill), 503, "unavailable")
        answer = await client.get("/sql", params={"statement": "SELECT 1"})
    assert answer.status_code == 200


async def test_statement_that_is_stuck_asks_to_come_back(failing: FastAPI) -> None:
    """Nobody waits for a lock for ever, and the connection goes on to the next."""
    async with call(failing) as client:
        answer = await client.get("/sql", params={"statement": "SELECT pg_sleep(60)"})
        require_problem(answer, 503, "unavailable")
        assert answer.headers["retry-after"] == "1"
        assert (await client.get("/sql", params={"statement": "SELECT 1"})).status_code == 200


@pytest.mark.parametrize("sqlstate", ["53100", "25006"], ids=["full disk", "read only"])
async def test_database_that_takes_nothing_asks_to_come_back(
    failing: FastAPI, caplog: pytest.LogCaptureFixture, sqlstate: str
) -> None:
    """The operator reads why, in one line; the client only that it passes."""
    refuse = f"DO $$ BEGIN RAISE 'no space left' USING ERRCODE = '{sqlstate}'; END $$"
    async with call(failing) as client:
        answer = await client.get("/sql", params={"statement": refuse})
    require_problem(answer, 503, "unavailable")
    assert answer.headers["retry-after"] == "1"
    assert "space" not in answer.text
    (line,) = [each for each in caplog.messages if "no space left" in each]
    assert "ERRCODE" not in line


@pytest.fixture
async def silent_port() -> AsyncIterator[int]:
    """Listen, and never say a word: a server that is overloaded, or behind a broken network."""
    async with await asyncio.start_server(hold, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Wait until the other side has enough."""
    await reader.read()
    writer.close()


@pytest.mark.parametrize("where", ["nothing listens", "nobody answers", "nobody knows the name"])
async def test_database_that_is_away_asks_to_come_back(
    database_url: URL,
    unused_tcp_port: int,
    silent_port: int,
    caplog: pytest.LogCaptureFixture,
    where: str,
) -> None:
    """However it is away; the operator reads what was tried."""
    away = {
        "nothing listens": database_url.set(port=unused_tcp_port),
        "nobody answers": database_url.set(port=silent_port),
        "nobody knows the name": database_url.set(host="nowhere.invalid"),
    }[where]
    config = DatabaseConfig(
        DATABASE_URL=away.render_as_string(hide_password=False), DATABASE_POOL_TIMEOUT=0.2
    )
    app = FastAPI()
    app.state.engine = create_engine(config)
    setup_exception_handlers(app)

    @app.get("/")
    async def index(session: Session) -> None:
        await session.execute(text("SELECT 1"))

    async with call(app) as client:
        require_problem(await client.get("/"), 503, "unavailable")
    assert "the database cannot be reached: " in caplog.text


async def test_connection_is_free_before_the_answer_is_sent(app: FastAPI) -> None:
    """A client that reads slowly must not hold a connection of the database."""
    held: list[int] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_message: object) -> None:
        held.append(app.state.engine.pool.checkedout())

    scope = {"type": "http", "method": "GET", "path": "/api/v1/users", "headers": []}
    await app({**scope, "query_string": b""}, receive, send)
    assert held == [0, 0]  # the head of the answer, and its body
