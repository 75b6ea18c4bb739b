"""Everything that must hold, as jobs that run side by side and say what ran."""

from workshop.checks.jobs import Job, all_jobs
from workshop.checks.running import Outcome, run_jobs

__all__ = ["Job", "Outcome", "all_jobs", "run_jobs"]
