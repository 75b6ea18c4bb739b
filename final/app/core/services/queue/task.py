"""What a task is."""

from collections.abc import Awaitable, Callable, Mapping
from inspect import Signature, iscoroutinefunction, signature
from typing import Any, ClassVar, TypeVar

from dishka.integrations.taskiq import CONTAINER_NAME
from dishka.integrations.taskiq import inject as inject_by_dishka

F = TypeVar("F", bound=Callable[..., Any])


def inject(run: F) -> F:
    """Let the container give the parameters that are marked with ``FromDishka``."""
    # Otherwise dishka calls the function its own, and warns about it.
    return inject_by_dishka(run, patch_module=True)


class BaseTask:
    """Work that a worker does, later and in another process.

    Every task has a name for other programs, and says what it does::

        class SendEmail(BaseTask):
            __task_name__ = "mail.send"

            @staticmethod
            @inject
            async def run(content: str, smtp_config: FromDishka[SMTPConfig]) -> None: ...

    It may run twice: a worker can die after the work and before it could say so. So a second run
    must change nothing, and none may take longer than ``QUEUE_TASK_TIMEOUT`` seconds.
    """

    __task_name__: ClassVar[str]
    __secrets__: ClassVar[frozenset[str]] = frozenset()
    """Arguments that nobody may read in a dead letter. Such a letter cannot be retried."""
    run: ClassVar[Callable[..., Awaitable[None]]]

    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401 - as the parent
        """Refuse a task without a name or without work, where it is written."""
        super().__init_subclass__(**options)
        if "__task_name__" not in vars(cls):
            raise TypeError(f"{cls.__name__} needs a name: __task_name__ = …")
        run = vars(cls).get("run")
        if not isinstance(run, staticmethod) or not iscoroutinefunction(run.__func__):
            raise TypeError(f"{cls.__name__} needs work: @staticmethod async def run(…)")
        if unknown := cls.__secrets__ - cls.get_signature().parameters.keys():
            raise TypeError(f"{cls.__name__} has no argument {min(unknown)!r}: see __secrets__")

    @classmethod
    def get_name(cls) -> str:
        """Return the name under which workers know the task."""
        return cls.__task_name__

    @classmethod
    def get_signature(cls) -> Signature:
        """Return what a push must give; the container gives the rest."""
        complete = signature(cls.run)
        given = [p for name, p in complete.parameters.items() if name != CONTAINER_NAME]
        return complete.replace(parameters=given)

    @classmethod
    def check(cls, data: Mapping[str, Any]) -> None:
        """Find a wrong argument where the task is pushed, not in a worker.

        Raises:
            TypeError: an argument is missing, or is none of the task's.

        """
        try:
            cls.get_signature().bind(**data)
        except TypeError as error:
            raise TypeError(f"{cls.__name__}: {error}") from None
