"""What is to happen: so many events, so many kills, in an order that a seed decides."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

KINDS = ("web", "worker", "relay", "consumers")
"""Processes of the app that are killed."""
SERVERS = ("redis", "postgres")


@dataclass(frozen=True)
class Plan:
    """One run.

    Attributes:
        app: the composed app.
        events: about so many are made.
        seed: decides who is killed, when, and what the clients do.
        kills: so many processes of the app get SIGKILL, shared among the kinds.
        restarts: so often each server is killed (Redis by SIGKILL, PostgreSQL by an immediate
            shutdown, in turns with SIGKILL) and started again.
        patience: seconds to wait for quiet in the end.

    """

    app: Path
    events: int = 300
    seed: int = field(default_factory=lambda: random.randrange(1_000_000))  # noqa: S311 - no secret
    kills: int = 8
    restarts: int = 1
    patience: float = 120.0

    def schedule(self) -> dict[int, list[str]]:
        """Say what is killed after how many requests."""
        chance = random.Random(self.seed)  # noqa: S311 - no secret
        victims = [KINDS[number % len(KINDS)] for number in range(self.kills)]
        victims += [server for server in SERVERS for _ in range(self.restarts)]
        chance.shuffle(victims)
        due: dict[int, list[str]] = {}
        for victim in victims:
            due.setdefault(chance.randrange(10, max(11, self.events - 10)), []).append(victim)
        return due
