"""The tasks of all modules."""

from app.auth.di.tasks import register_auth_tasks
from app.core.di.mail import register_mail_tasks
from app.core.di.mediator import PACKAGE
from app.core.services.queue import TaskRegistry


def create_task_registry() -> TaskRegistry:
    """Fill the registry from the tables of the modules.

    Raises:
        RegistryError: two tasks have one name, a schedule is none, or a task is in no table.

    """
    registry = TaskRegistry()
    register_auth_tasks(registry)
    register_mail_tasks(registry)
    registry.require_all(PACKAGE)
    return registry
