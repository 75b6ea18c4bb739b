"""What was measured, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from bench.cases import Case
from bench.load import Measured

Rounds = dict[str, list[Measured]]
"""Server -> one measurement per round."""


@dataclass(frozen=True)
class CaseResult:
    """A case with all its rounds."""

    case: Case
    rounds: Rounds

    def requests(self, server: str) -> float:
        """Return the median of the requests per second."""
        return median(one.requests for one in self.rounds[server])

    def p99(self, server: str) -> float:
        """Return the median of the milliseconds in which 99 of 100 were answered."""
        return median(one.p99 for one in self.rounds[server])

    def ratio(self, server: str) -> float:
        """Compare with the baseline round by round: what slows a round slows both."""
        pairs = zip(self.rounds[server], self.rounds[self.case.baseline], strict=True)
        return median(one.requests / base.requests for one, base in pairs)

    @property
    def reached(self) -> bool | None:
        """Whether the aim was reached, if there is one."""
        return None if self.case.aim is None else self.ratio("final") >= self.case.aim

    def to_json(self) -> dict[str, object]:
        """Return it for a file."""
        return {
            "name": self.case.name,
            "baseline": self.case.baseline,
            "aim": self.case.aim,
            "servers": {
                server: {
                    "requests": round(self.requests(server)),
                    "p99_ms": round(self.p99(server), 1),
                    "ratio": round(self.ratio(server), 2),
                }
                for server in self.rounds
            },
        }


@dataclass(frozen=True)
class QueueResult:
    """Tasks per second, and what Redis alone can do."""

    xadd: float
    pushed: float
    done: float

    def to_json(self) -> dict[str, object]:
        """Return it for a file."""
        return {
            "xadd": round(self.xadd),
            "pushed": round(self.pushed),
            "done": round(self.done),
            "ratio": round(self.pushed / self.xadd, 2),
        }


@dataclass(frozen=True)
class EventsResult:
    """Events per second: from the outbox to Redis by one relay, and handled by one process."""

    relayed: float
    handled: float

    def to_json(self) -> dict[str, object]:
        """Return it for a file."""
        return {"relayed": round(self.relayed), "handled": round(self.handled)}


@dataclass
class BenchResult:
    """A whole run."""

    machine: str
    day: str
    cases: list[CaseResult] = field(default_factory=list)
    start_seconds: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    """MiB, after the load."""
    queue: QueueResult | None = None
    events: EventsResult | None = None

    def to_json(self) -> dict[str, object]:
        """Return it for a file."""
        return {
            "machine": self.machine,
            "day": self.day,
            "cases": [one.to_json() for one in self.cases],
            "start_seconds": {name: round(one, 2) for name, one in self.start_seconds.items()},
            "memory_mib": {name: round(one) for name, one in self.memory.items()},
            "queue": self.queue.to_json() if self.queue else None,
            "events": self.events.to_json() if self.events else None,
        }
