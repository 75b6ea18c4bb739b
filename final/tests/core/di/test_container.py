"""The container: how long objects live, what a test may replace, and which mistakes stop it."""

from collections.abc import AsyncIterator

import pytest
from dishka import AsyncContainer, Provider, Scope, provide
from dishka.exceptions import GraphMissingFactoryError, ImplicitOverrideDetectedError
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.auth.di import commands
from app.auth.services.password_hasher import PasswordHasher
from app.core.db.read_session import ReadSession
from app.core.di import create_container
from app.core.mediator import Mediator
from app.core.mediator.registry import RegistryError


@pytest.fixture
async def container() -> AsyncIterator[AsyncContainer]:
    """Make the app's container; close it as a process does at its end."""
    container = create_container()
    yield container
    await container.close()


async def test_one_session_per_request(container: AsyncContainer) -> None:
    """All that takes part in a request shares its session; another request has another."""
    async with container() as first, container() as second:
        assert await first.get(AsyncSession) is await first.get(AsyncSession)
        assert await first.get(AsyncSession) is not await second.get(AsyncSession)


async def test_one_engine_and_one_redis_per_process(container: AsyncContainer) -> None:
    """What holds connections is shared by all requests."""
    async with container() as first, container() as second:
        assert await first.get(AsyncEngine) is await second.get(AsyncEngine)
        assert await first.get(Redis) is await second.get(Redis)


async def test_a_query_has_a_session_of_its_own(container: AsyncContainer) -> None:
    """It ends with the query, while the session of the request goes on."""
    async with container() as request:
        async with request() as action:
            reading = await action.get(ReadSession)
            assert reading is not await action.get(AsyncSession)
        async with request() as action:
            assert await action.get(ReadSession) is not reading


async def test_mediator_belongs_to_its_request(container: AsyncContainer) -> None:
    """Its handlers come from the request's container."""
    async with container() as first, container() as second:
        assert await first.get(Mediator) is not await second.get(Mediator)


class Connection:
    """Something that lives as long as a connection of a client, such as a WebSocket."""


class Clock:
    """Something made by an asynchronous factory."""


class LifetimesProvider(Provider):
    """One object in the SESSION scope, from a plain factory and from an asynchronous one."""

    @provide(scope=Scope.SESSION)
    def connection(self) -> Connection:
        """Make it."""
        return Connection()

    @provide(scope=Scope.SESSION)
    async def clock(self) -> Clock:
        """Make it."""
        return Clock()


async def test_session_scope_outlives_its_requests() -> None:
    """One WebSocket, many messages: each message is a request within the same session."""
    container = create_container(LifetimesProvider())
    async with container(scope=Scope.SESSION) as socket:
        async with socket() as message:
            connection, clock = await message.get(Connection), await message.get(Clock)
        async with socket() as message:
            assert await message.get(Connection) is connection
            assert await message.get(Clock) is clock
    async with container(scope=Scope.SESSION) as socket:
        assert await socket.get(Connection) is not connection
    await container.close()


class QuickHasher(PasswordHasher):
    """What a test may want instead."""


class QuickHasherProvider(Provider):
    """Replaces the hasher, and says so."""

    @provide(scope=Scope.APP, override=True)
    def hasher(self) -> PasswordHasher:
        """Make the replacement."""
        return QuickHasher()


async def test_a_test_can_replace_a_part() -> None:
    """An entry point's own providers come last and win, if they say ``override``."""
    container = create_container(QuickHasherProvider())
    assert isinstance(await container.get(PasswordHasher), QuickHasher)
    await container.close()


class SecondHasherProvider(Provider):
    """Provides what is provided already, by mistake."""

    @provide(scope=Scope.APP)
    def hasher(self) -> PasswordHasher:
        """Make another."""
        return PasswordHasher()


def test_a_second_factory_is_refused() -> None:
    """Without ``override`` it is a mistake, not a replacement."""
    with pytest.raises(ImplicitOverrideDetectedError, match="PasswordHasher"):
        create_container(SecondHasherProvider())


class Needy:
    """Needs what nobody makes."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock


class NeedyProvider(Provider):
    """Forgets the clock."""

    needy = provide(Needy, scope=Scope.APP)


def test_a_missing_factory_is_found_at_the_start() -> None:
    """The error names what is missing and who wants it."""
    with pytest.raises(GraphMissingFactoryError, match=r"(?s)Clock.*Needy"):
        create_container(NeedyProvider())


class Hoarder:
    """Lives as long as the process, and wants a session."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session


class HoarderProvider(Provider):
    """Gives it too long a life."""

    hoarder = provide(Hoarder, scope=Scope.APP)


def test_a_singleton_that_needs_a_session_is_refused() -> None:
    """Otherwise all requests would share one session."""
    with pytest.raises(GraphMissingFactoryError, match="AsyncSession"):
        create_container(HoarderProvider())


def test_a_command_without_a_handler_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row that somebody forgot is named, before any request."""
    monkeypatch.setattr(commands, "COMMANDS", commands.COMMANDS[1:])
    with pytest.raises(RegistryError, match=r"RegisterUser has no handler.*di/ folder"):
        create_container()
