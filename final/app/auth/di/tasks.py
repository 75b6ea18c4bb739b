"""The tasks of the module, and when some of them run by themselves."""

from app.auth.config import PurgeConfig
from app.auth.tasks.purge_expired_sessions import PurgeExpiredSessions
from app.core.services.queue import TaskRegistry, TaskTable

TASKS: TaskTable = (PurgeExpiredSessions,)


def register_auth_tasks(registry: TaskRegistry) -> None:
    """Tell the workers and the scheduler."""
    registry.register(*TASKS)
    registry.schedule(PurgeExpiredSessions, PurgeConfig().PURGE_SESSIONS_CRON)
