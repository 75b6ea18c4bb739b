"""Mistakes in tasks are found where they are written, or at the start."""

import pytest

from app.core.configs import app_config
from app.core.configs.queue import QueueConfig
from app.core.di.tasks import create_task_registry
from app.core.mediator.registry import RegistryError
from app.core.services.queue import BaseTask, TaskRegistry
from app.core.services.queue.redis_task_broker import create_broker
from tests.core.services.queue.sandbox import Fail, TakeTime, WriteLine


def test_task_without_a_name_is_refused_where_it_is_written() -> None:
    """Also one that would silently have its parent's name."""
    with pytest.raises(TypeError, match="NamelessTask needs a name: __task_name__"):

        class NamelessTask(WriteLine):
            pass


def test_task_without_work_is_refused_where_it_is_written() -> None:
    """A worker has no object to call a method of."""
    with pytest.raises(TypeError, match="MethodTask needs work: @staticmethod async def run"):

        class MethodTask(BaseTask):
            __task_name__ = "sandbox.method"

            async def run(self) -> None:
                pass


def test_secret_that_is_no_argument_is_refused() -> None:
    """A misspelt secret would be shown."""
    with pytest.raises(TypeError, match="MisspeltTask has no argument 'pasword'"):

        class MisspeltTask(BaseTask):
            __task_name__ = "sandbox.misspelt"
            __secrets__ = frozenset({"pasword"})

            @staticmethod
            async def run(password: str) -> None:
                pass


def test_two_tasks_with_one_name_are_refused() -> None:
    """The message names both classes and the name."""

    class TwinTask(BaseTask):
        __task_name__ = WriteLine.__task_name__

        @staticmethod
        async def run() -> None:
            pass

    with pytest.raises(RegistryError, match=r"sandbox\.WriteLine and .*TwinTask .*'sandbox\.write"):
        TaskRegistry().register(WriteLine, TwinTask)


def test_task_in_no_table_is_refused() -> None:
    """Workers would not know it."""
    registry = TaskRegistry()
    registry.register(WriteLine, TakeTime)
    with pytest.raises(RegistryError, match=r"sandbox\.Fail is not registered.*di/tasks\.py"):
        registry.require_all(Fail.__module__)
    create_task_registry().require_all("app")


@pytest.mark.parametrize(
    "cron", ["* * * * *", "0 0 1 1 0", "59 23 31 12 6", "*/10 0-6,22 1,15 1-12/2 0"]
)
def test_schedule_is_taken(cron: str) -> None:
    """Five fields: numbers, ranges, steps, lists."""
    registry = TaskRegistry()
    registry.register(WriteLine)
    registry.schedule(WriteLine, cron)
    assert list(registry) == [(WriteLine, cron)]


def test_scheduler_sees_what_has_a_schedule() -> None:
    """The others are done when somebody pushes them."""
    registry = TaskRegistry()
    registry.register(WriteLine, TakeTime)
    registry.schedule(WriteLine, "17 3 * * *")
    tasks = create_broker(app_config.redis_url, QueueConfig(), registry).get_all_tasks()
    assert tasks[WriteLine.get_name()].labels == {"schedule": [{"cron": "17 3 * * *"}]}
    assert tasks[TakeTime.get_name()].labels == {}


@pytest.mark.parametrize(
    "cron",
    [
        *("", "nonsense", "* * * *", "* * * * * *", "*  * * * *", ", * * * *"),
        *("60 * * * *", "-1 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 0 *"),
        *("* * * 13 *", "* * * * 7", "9-5 * * * *"),
        *("*/0 * * * *", "5/2/2 * * * *", "5/2 * * * *", "0/15 * * * *"),
    ],
)
def test_nonsense_is_no_schedule(cron: str) -> None:
    """A task that silently never runs would be found after months."""
    registry = TaskRegistry()
    registry.register(WriteLine)
    with pytest.raises(RegistryError, match="WriteLine cannot run at"):
        registry.schedule(WriteLine, cron)


def test_wrong_schedule_in_the_settings_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the web app, the workers and the scheduler alike."""
    monkeypatch.setenv("PURGE_SESSIONS_CRON", "every night")
    with pytest.raises(RegistryError, match="PurgeExpiredSessions cannot run at 'every night'"):
        create_task_registry()
