"""The database: one engine per process, one session per request, one for each query."""

from collections.abc import AsyncIterator

from dishka import Provider, Scope, provide
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.core.configs.database import DatabaseConfig
from app.core.db import create_engine
from app.core.db.read_session import ReadSession, ReadSessionFactory
from app.core.db.reading import create_read_session_factory
from app.core.events import BaseEventBus
from app.core.events.session import EventSession


class DatabaseProvider(Provider):
    """Makes connections, and gives back what it made."""

    @provide(scope=Scope.APP)
    async def engine(self, config: DatabaseConfig) -> AsyncIterator[AsyncEngine]:
        """Make the engine; dispose of it when the process ends."""
        engine = create_engine(config)
        yield engine
        await engine.dispose()

    @provide(scope=Scope.REQUEST)
    async def session(self, engine: AsyncEngine, bus: BaseEventBus) -> AsyncIterator[AsyncSession]:
        """Open the session of a request; what was not committed is rolled back.

        The commit is not here: this end is reached after the client has its answer.
        """
        async with EventSession(engine, bus) as session:
            yield session

    @provide(scope=Scope.APP)
    def read_session_factory(self, engine: AsyncEngine) -> ReadSessionFactory:
        """Make it once: to look at the engine in another way takes a quarter of a query's time."""
        return ReadSessionFactory(create_read_session_factory(engine))

    @provide(scope=Scope.ACTION)
    async def read_session(self, sessions: ReadSessionFactory) -> AsyncIterator[ReadSession]:
        """Open a session for one query and close it with the query's end.

        A session of the request would keep its connection until a slow client has read it all.
        """
        async with sessions() as session:
            yield ReadSession(session)
