"""What can go wrong between us and a server. Nothing here reaches a person as it is."""

from __future__ import annotations


class NoAnswerError(Exception):
    """Nobody answers at the address, or not in the expected protocol."""


class NotReadyError(NoAnswerError):
    """The server is there, but still starting or stopping."""


class CrowdedError(NoAnswerError):
    """The server is there, and has no connection left for us."""


class RefusedError(NoAnswerError):
    """The server is there and refuses us: wrong password, unknown database, no rights."""
