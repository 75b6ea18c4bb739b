"""The tasks of the module."""

from app.audit.tasks.count_blocks import CountBlocks
from app.core.services.queue import TaskRegistry, TaskTable

TASKS: TaskTable = (CountBlocks,)


def register_audit_tasks(registry: TaskRegistry) -> None:
    """Tell the workers."""
    registry.register(*TASKS)
