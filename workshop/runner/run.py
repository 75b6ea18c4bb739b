"""What the parts of one run need to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workshop.layers import Composition
from workshop.project import Project
from workshop.runner.blanks import Blanks
from workshop.runner.interrupts import Interrupts
from workshop.runner.output import Output
from workshop.runner.target import Target

PROCFILE = "Procfile"
WEB = "web"
"""The name by which a Procfile calls the process that answers HTTP."""


@dataclass(frozen=True)
class Run:
    """One call of ``workshop run``."""

    project: Project
    target: Target
    composition: Composition
    asked: Mapping[str, str]
    """Settings from the user's environment and ``.env``."""
    output: Output
    interrupts: Interrupts

    @property
    def locks(self) -> Path:
        """Where the runs of this checkout agree with one another."""
        return self.project.state / "run"


@dataclass(frozen=True)
class Workplace:
    """Where the processes of a run live."""

    folder: Path
    environment: Mapping[str, str]
    logs: Path
    embedded: tuple[str, ...] = ()
    """The services that are ours, and not named by the user."""
    inbox: str = ""
    """The page that shows what the app sends; empty where it sends nothing, or elsewhere."""
    blanks: Blanks = field(default_factory=Blanks)
    """What is not written yet, when the app is the learner's."""
