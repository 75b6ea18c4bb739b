"""The app with a few more routes, for uvicorn."""

import asyncio

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter

from app.auth.commands.users.register import RegisterUser
from app.core.mediator import Mediator
from app.core.services.queue import QueueService
from app.main import app
from tests.core.services.queue.sandbox import FailWithSecret, WriteLine

router = APIRouter(prefix="/log", route_class=DishkaRoute)


@router.post("/all/{name}")
async def do_all(
    name: str, mediator: FromDishka[Mediator], queue: FromDishka[QueueService]
) -> None:
    """Make a user, whose event is handled, and leave work to a worker."""
    await mediator.handle_command(
        RegisterUser(email=f"{name}@example.com", username=name, password="correct horse battery")
    )
    await queue.push(task=WriteLine, data={"line": name})


@router.post("/secret")
async def push_secret(password: str, queue: FromDishka[QueueService]) -> None:
    """Leave work that fails, with a secret."""
    await queue.push(
        task=FailWithSecret, data={"name": "ada", "login": {"password": password, "pin": "4711"}}
    )


@router.get("/fail/{token}")
async def fail(token: str) -> None:
    """Fail, and tell what nobody should know."""
    raise RuntimeError(f"cannot log in with token={token}")


@router.get("/slow")
async def be_slow() -> None:
    """Take longer than the client waits."""
    await asyncio.sleep(1.3)


app.include_router(router)
