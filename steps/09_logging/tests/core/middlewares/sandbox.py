"""A small app that answers in every way."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from fastapi import APIRouter, BackgroundTasks, FastAPI, HTTPException, WebSocket
from pydantic import BaseModel
from starlette.responses import Response, StreamingResponse

from app.core.api.handlers import setup_exception_handlers
from app.core.exceptions import RateLimitedError, UnavailableError
from app.core.log.context import bind_user, get_context
from app.core.middlewares import ContextMiddleware, LoggingMiddleware
from tests.fixtures.client import call
from tests.fixtures.log import Lines, write_lines

router = APIRouter(prefix="/items")


class Item(BaseModel):
    """A thing."""

    size: int


@router.get("/{item_id}")
async def get_item(item_id: str) -> dict[str, str]:  # noqa: ARG001 - its place in the path matters
    """Tell which request this is."""
    await asyncio.sleep(0.001)
    return get_context()


@router.post("")
async def post_item(item: Item) -> Item:
    """Take a thing."""
    return item


@router.delete("/{item_id}")
async def delete_item(item_id: str) -> None:
    """Know the user, then fail."""
    bind_user(7)
    raise RuntimeError(f"password={item_id}")


@router.get("/{item_id}/large")
async def get_large(item_id: str) -> None:  # noqa: ARG001 - its place in the path matters
    """Be too large."""
    raise HTTPException(413)


@router.get("/{item_id}/often")
async def get_often(item_id: str) -> None:  # noqa: ARG001 - its place in the path matters
    """Be asked too often."""
    raise RateLimitedError("Slowly.", retry_after=1)


@router.get("/{item_id}/busy")
async def get_busy(item_id: str) -> None:  # noqa: ARG001 - its place in the path matters
    """Be busy."""
    raise UnavailableError("Later.", retry_after=1)


@router.get("/{item_id}/stream")
async def get_stream(item_id: str) -> StreamingResponse:  # noqa: ARG001 - its place in the path matters
    """Take a while to send all."""

    async def send() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x"
            await asyncio.sleep(0.05)

    return StreamingResponse(send())


@router.get("/{item_id}/late")
async def get_late(item_id: str, tasks: BackgroundTasks) -> None:  # noqa: ARG001 - the same
    """Fail after the answer."""

    async def fail() -> None:
        await asyncio.sleep(1)
        raise RuntimeError("too late")

    tasks.add_task(fail)


@router.websocket("/talk")
async def talk(socket: WebSocket) -> None:
    """Tell which connection this is."""
    await socket.accept()
    await socket.send_json(get_context())
    await socket.close()


def make_app() -> FastAPI:
    """Build it, with the middlewares in the order of the app."""
    app = FastAPI()
    app.add_middleware(LoggingMiddleware)
    app.add_middleware(ContextMiddleware)
    setup_exception_handlers(app)
    app.include_router(router, prefix="/api")

    @app.get("/health/live")
    async def get_live(status: int = 200) -> Response:
        return Response(status_code=status)

    return app


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Give the lines of the app."""
    with write_lines("app") as lines:
        yield lines


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """Call the small app."""
    async with call(make_app(), address="203.0.113.77") as client:
        yield client
