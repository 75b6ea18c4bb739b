"""What this machine has of what the workshop needs, and how to get the rest."""

from workshop.doctor.needs import Finding, examine

__all__ = ["Finding", "examine"]
