"""PostgreSQL and Redis for the app, without Docker."""

from workshop.services.lifecycle import Status, environment, status, stop

__all__ = ["Status", "environment", "status", "stop"]
