"""Every committed event takes effect once, whatever is killed."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from .plan import KINDS, SERVERS, Plan
from .run import FINAL, Run


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_nothing_is_lost_and_nothing_happens_twice(tmp_path: Path) -> None:
    """SIGKILL for each kind of process, for Redis and for PostgreSQL, under real requests."""
    plan = Plan(FINAL, events=150, kills=len(KINDS))
    report = asyncio.run(Run(plan, tmp_path).run())
    assert report.verdict.complaints == [], str(report)
    assert report.kills.keys() == {*KINDS, *SERVERS}, str(report)
    assert report.verdict.events >= plan.events * 0.9, str(report)
