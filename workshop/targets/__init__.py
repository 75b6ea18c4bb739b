"""Targets: definitions of the app named by path and name, never by line number."""

from workshop.targets.finding import Found, find
from workshop.targets.target import Target

__all__ = ["Found", "Target", "find"]
