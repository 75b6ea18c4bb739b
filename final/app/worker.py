"""The worker and the scheduler, as taskiq's commands want them.

``taskiq worker app.worker:broker`` runs tasks, and ``taskiq scheduler app.worker:scheduler`` queues
those that run by the clock. The Procfile has the options. Any number of workers may run. Two
schedulers would queue everything twice, which changes nothing, as tasks may run twice anyway.
"""

import gc
import sys

from dishka import Provider, Scope, provide
from dishka.integrations.taskiq import TaskiqProvider, setup_dishka
from taskiq import AsyncBroker, TaskiqEvents, TaskiqScheduler, TaskiqState
from taskiq.schedule_sources import LabelScheduleSource

from app.core.configs import AppConfig, app_config
from app.core.configs.queue import QueueConfig
from app.core.di import create_container
from app.core.di.tasks import create_task_registry
from app.core.log.init import configure_logging
from app.core.services.queue.redis_task_broker import RedisTaskBroker, create_broker


class WorkerProvider(Provider):
    """Gives the broker that taskiq starts and stops, so that tasks push through it too."""

    def __init__(self, broker: AsyncBroker) -> None:
        super().__init__()
        self._broker = broker

    @provide(scope=Scope.APP, override=True)
    def broker(self) -> AsyncBroker:
        """Override what would make another."""
        return self._broker


def init_worker(config: AppConfig = app_config, *providers: Provider) -> RedisTaskBroker:
    """Build the broker, with the container that the web app has; each task is a request of its own.

    Args:
        config: settings of the whole app.
        providers: what a test puts in the place of a part.

    """
    broker = create_broker(config.redis_url, QueueConfig(), create_task_registry())
    container = create_container(
        TaskiqProvider(), WorkerProvider(broker), *providers, config=config
    )
    setup_dishka(container, broker)

    @broker.on_event(TaskiqEvents.WORKER_SHUTDOWN, TaskiqEvents.CLIENT_SHUTDOWN)
    async def close(_state: TaskiqState) -> None:
        await container.close()

    return broker


configure_logging("scheduler" if "scheduler" in sys.argv[:2] else "worker")
broker = init_worker()
scheduler = TaskiqScheduler(broker, [LabelScheduleSource(broker)])
# What is loaded by now stays as long as the process: no collection of garbage need look through it.
gc.freeze()
