"""PostgreSQL and Redis for the app, without Docker."""

from workshop.services.lifecycle import environment, status, stop
from workshop.services.engines import ENGINES

__all__ = ["ENGINES", "environment", "status", "stop"]
