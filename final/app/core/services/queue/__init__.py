"""The queue: work that a request leaves to other processes."""

from app.core.services.queue.registry import TaskRegistry, TaskTable
from app.core.services.queue.service import QueueService
from app.core.services.queue.task import BaseTask, inject

__all__ = ["BaseTask", "QueueService", "TaskRegistry", "TaskTable", "inject"]
