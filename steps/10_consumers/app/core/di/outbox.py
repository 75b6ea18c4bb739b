"""The outbox, the relay and the broker: who tells others, and through what."""

from collections.abc import AsyncIterator

from dishka import Provider, Scope, decorate, provide
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from taskiq import AsyncBroker

from app.auth.di.integration_events import TRANSLATIONS as AUTH_TRANSLATIONS
from app.core.configs import AppConfig
from app.core.configs.database import DatabaseConfig
from app.core.configs.events import EventsConfig, RelayConfig
from app.core.db import create_engine
from app.core.di.mediator import PACKAGE
from app.core.message_brokers.broker import BaseMessageBroker
from app.core.message_brokers.tables import require_unique_types
from app.core.outbox.bell import Bell
from app.core.outbox.event_relay import EventRelay
from app.core.outbox.outbox import Outbox
from app.core.outbox.relay import Relay
from app.core.outbox.task_relay import SendStoredTaskHandler, TaskRelay
from app.core.outbox.translations import TranslationRegistry
from app.core.services.queue.pushed import SendPushedTaskHandler


class OutboxProvider(Provider):
    """Reads settings and tables as soon as it is made, so that a mistake stops the start."""

    scope = Scope.APP

    def __init__(self) -> None:
        super().__init__()
        self._events = EventsConfig()
        self._translations = TranslationRegistry()
        self._translations.register(AUTH_TRANSLATIONS)
        require_unique_types(PACKAGE)

    @provide
    def events_config(self) -> EventsConfig:
        """Give the settings of the streams."""
        return self._events

    @provide
    def outbox(self, config: EventsConfig) -> Outbox:
        """Make the outbox."""
        return Outbox(config, self._translations)

    @decorate
    def session(self, session: AsyncSession, outbox: Outbox) -> AsyncSession:
        """Let every session of a request write what it must not lose before it commits."""
        outbox.attach(session)
        return session

    sender = provide(
        SendStoredTaskHandler,
        provides=SendPushedTaskHandler,
        scope=Scope.REQUEST,
        override=True,
    )


class RelayProvider(Provider):
    """Makes the relay and what it sends through; other processes never ask for them."""

    scope = Scope.APP

    @provide
    def relay_config(self) -> RelayConfig:
        """Read the settings."""
        return RelayConfig()

    @provide
    async def broker(
        self, app: AppConfig, config: EventsConfig
    ) -> AsyncIterator[BaseMessageBroker]:
        """Make the broker: the only place that names its technology."""
        # Here, lest web processes load a library that they never use.
        from app.core.message_brokers.event_broker import create_event_broker  # noqa: PLC0415
        from app.core.message_brokers.redis_message_broker import (  # noqa: PLC0415
            RedisMessageBroker,
        )

        broker = RedisMessageBroker(create_event_broker(app.redis_url), config)
        await broker.start()
        yield broker
        await broker.close()

    event_relay = provide(EventRelay)

    @provide
    async def bell(self, config: DatabaseConfig) -> AsyncIterator[Bell]:
        """Make what wakes the relay, with a connection of its own: it never gives it back."""
        one = {"DATABASE_POOL_SIZE": 1, "DATABASE_MAX_OVERFLOW": 0}
        engine = create_engine(config.model_copy(update=one))
        yield Bell(engine)
        await engine.dispose()

    @provide
    def task_relay(self, engine: AsyncEngine, queue: AsyncBroker, config: RelayConfig) -> TaskRelay:
        """Make what queues forgotten tasks."""
        return TaskRelay(engine, SendPushedTaskHandler(queue), config)

    @provide
    def relay(
        self,
        events: EventRelay,
        tasks: TaskRelay,
        broker: BaseMessageBroker,
        bell: Bell,
        config: RelayConfig,
    ) -> Relay:
        """Make the loop."""
        return Relay(events, tasks, broker, bell, config)
