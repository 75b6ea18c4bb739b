"""One set of providers for routes and tasks."""

import httpx
from dishka import FromDishka, Provider, Scope, provide
from dishka.integrations.fastapi import DishkaRoute
from fastapi import APIRouter
from redis.asyncio import Redis
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.configs import app_config
from app.core.configs.queue import QueueConfig
from app.core.deps import QueueService
from app.core.services.queue import BaseTask, inject
from app.main import init_app
from tests.core.services.queue.sandbox import Journal, init_sandbox_worker
from tests.fixtures.app import RunDatabaseProvider
from tests.fixtures.queue import wait_until, work

router = APIRouter(route_class=DishkaRoute)


class Greeting(str):
    """What both are given."""

    __slots__ = ()


class GreetingProvider(Provider):
    """Provides it once."""

    @provide(scope=Scope.REQUEST)
    def greeting(self, session: AsyncSession) -> Greeting:
        """Make it, with a session of the request or task."""
        assert not session.in_transaction()
        return Greeting("hello")


class Greet(BaseTask):
    """Writes down what it was given."""

    __task_name__ = "sandbox.greet"

    @staticmethod
    @inject
    async def run(
        journal: FromDishka[Journal],
        greeting: FromDishka[Greeting],
        sessions: FromDishka[AsyncSession],
        service: FromDishka[QueueService],
    ) -> None:
        """Write it; the session is the task's own."""
        await journal.write(f"{greeting} {id(sessions)} {type(service).__name__}")


@router.get("/greet")
async def greet(greeting: FromDishka[Greeting], queue: FromDishka[QueueService]) -> str:
    """Push two tasks, and answer what was given."""
    await queue.push(task=Greet)
    await queue.push(task=Greet)
    return greeting


async def test_route_and_task_are_given_the_same(
    database_url: URL, queue: QueueConfig, redis: Redis
) -> None:
    """One container's providers; every task has a scope of its own."""
    providers = (RunDatabaseProvider(database_url), GreetingProvider())
    app = init_app(app_config, *providers)
    app.include_router(router)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            assert (await client.get("/greet")).json() == "hello"
    journal = Journal(redis, queue)
    broker = init_sandbox_worker(app_config, *providers)
    broker.register_task(Greet.run, Greet.get_name())

    async def has_two() -> bool:
        return len(await journal.read()) == 2

    async with work(broker):
        await wait_until(has_two)
    first, second = await journal.read()
    assert first.split()[::2] == second.split()[::2] == ["hello", "TaskiqQueueService"]
