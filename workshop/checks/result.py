"""What a run of the checks has taken, for a file that the site shows."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from workshop.checks.running import Outcome


def describe_machine() -> str:
    """Name the class of this machine, as far as it matters for what takes how long."""
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def write_outcomes(path: Path, outcomes: Sequence[Outcome], seconds: float) -> None:
    """Write how long each job took, and all of them side by side."""
    result = {
        "machine": describe_machine(),
        "day": datetime.now(UTC).date().isoformat(),
        "seconds": round(seconds),
        "checks": [
            {
                "name": outcome.job.name,
                "tests": outcome.tests,
                "seconds": round(outcome.seconds),
                "processor_seconds": round(outcome.processor_seconds),
            }
            for outcome in outcomes
        ],
    }
    path.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
