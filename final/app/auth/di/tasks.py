"""The tasks of the module, and when some of them run by themselves."""

from app.auth.config import AccountMailConfig, PurgeConfig
from app.auth.tasks.purge_expired_sessions import PurgeExpiredSessions
from app.auth.tasks.purge_expired_tokens import PurgeExpiredTokens
from app.auth.tasks.send_password_reset import SendPasswordReset
from app.auth.tasks.send_verification import SendVerification
from app.core.services.queue import TaskRegistry, TaskTable

TASKS: TaskTable = (PurgeExpiredSessions, PurgeExpiredTokens, SendVerification, SendPasswordReset)


def register_auth_tasks(registry: TaskRegistry) -> None:
    """Tell the workers and the scheduler."""
    registry.register(*TASKS)
    registry.schedule(PurgeExpiredSessions, PurgeConfig().PURGE_SESSIONS_CRON)
    registry.schedule(PurgeExpiredTokens, AccountMailConfig().PURGE_TOKENS_CRON)
