"""The queue: one broker per process, one service per request."""

from collections.abc import AsyncIterator

from dishka import Provider, Scope, provide
from taskiq import AsyncBroker

from app.core.configs import AppConfig
from app.core.configs.queue import QueueConfig
from app.core.di.tasks import create_task_registry
from app.core.events import EventRegistry, EventTable
from app.core.services.queue import QueueService, TaskRegistry
from app.core.services.queue.pushed import PushedTaskEvent, SendPushedTaskHandler
from app.core.services.queue.redis_task_broker import create_broker
from app.core.services.queue.taskiq_queue_service import TaskiqQueueService

EVENTS: EventTable = ((PushedTaskEvent, (SendPushedTaskHandler,)),)


def register_queue_event_handlers(registry: EventRegistry) -> None:
    """Tell the event bus."""
    for event, handlers in EVENTS:
        registry.register(event, *handlers)


class QueueProvider(Provider):
    """Reads settings and tables as soon as it is made, so that a mistake stops the start."""

    scope = Scope.APP

    def __init__(self) -> None:
        super().__init__()
        self._config = QueueConfig()
        self._tasks = create_task_registry()

    @provide
    def config(self) -> QueueConfig:
        """Give the settings."""
        return self._config

    @provide
    def tasks(self) -> TaskRegistry:
        """Give the tasks."""
        return self._tasks

    @provide
    async def broker(
        self, app: AppConfig, config: QueueConfig, tasks: TaskRegistry
    ) -> AsyncIterator[AsyncBroker]:
        """Make the broker of a process that pushes; close it when the process ends."""
        broker = create_broker(app.redis_url, config, tasks)
        await broker.startup()
        yield broker
        await broker.shutdown()

    sender = provide(SendPushedTaskHandler, scope=Scope.REQUEST)
    service = provide(TaskiqQueueService, provides=QueueService, scope=Scope.REQUEST)
