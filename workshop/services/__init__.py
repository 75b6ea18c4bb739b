"""PostgreSQL, Redis and a mailbox for the app, without Docker."""

from workshop.services.lifecycle import Status, environment, inbox_page, status, stop

__all__ = ["Status", "environment", "inbox_page", "status", "stop"]
