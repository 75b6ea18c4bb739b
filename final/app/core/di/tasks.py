"""The tasks of all modules."""

from app.audit.di.tasks import register_audit_tasks
from app.auth.di.tasks import register_auth_tasks
from app.core.configs.events import ConsumersConfig
from app.core.di.mail import register_mail_tasks
from app.core.di.mediator import PACKAGE
from app.core.inbox.purge import PurgeInbox
from app.core.services.queue import TaskRegistry


def create_task_registry() -> TaskRegistry:
    """Fill the registry from the tables of the modules.

    Raises:
        RegistryError: two tasks have one name, a schedule is none, or a task is in no table.

    """
    registry = TaskRegistry()
    register_auth_tasks(registry)
    register_mail_tasks(registry)
    register_audit_tasks(registry)
    registry.register(PurgeInbox)
    registry.schedule(PurgeInbox, ConsumersConfig().PURGE_INBOX_CRON)
    registry.require_all(PACKAGE)
    return registry
