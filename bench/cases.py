"""What is asked of whom."""

from __future__ import annotations

from dataclasses import dataclass

SAME = {"uncached": "final"}
"""What is compared as if it were a server of its own, and whose process answers."""

USER = 5000
"""The user who is looked up: somewhere in the middle of the table."""


@dataclass(frozen=True)
class Case:
    """One kind of request, and the path under which each server answers it."""

    name: str
    baseline: str
    """The server that the others are compared with."""
    paths: dict[str, str]
    """Server -> path; a server that is not here does not answer it."""
    aim: float | None = None
    """The ratio that `final` should reach."""
    registers: bool = False
    """Whether it is a POST that makes an account, a new one each time."""
    connections: int = 16
    longer: int = 1
    """How many times longer it is measured, as so little of it fits into a second."""


LIST = "/api/v1/users?sort=created_at:desc&filters=status_id:1&page_size=20"

CASES = (
    Case("trivial", "bare", {"bare": "/trivial", "final": "/health/live"}, aim=0.75),
    Case("me", "orm", {"raw": "/me", "orm": "/me", "final": "/api/v1/auth/me"}, aim=0.9),
    Case(
        "by id",
        "orm",
        {"raw": f"/user/{USER}", "orm": f"/user/{USER}", "final": f"/uncached/{USER}"},
        aim=0.9,
    ),
    Case(
        "by id, cached",
        "uncached",
        {"orm": f"/user/{USER}", "uncached": f"/uncached/{USER}", "final": f"/api/v1/users/{USER}"},
        aim=3.0,
    ),
    Case("list of 20", "orm", {"raw": "/list", "orm": "/list", "final": LIST}, aim=0.9),
    Case(
        "register",
        "orm",
        {"orm": "/register", "final": "/api/v1/auth/register"},
        registers=True,
        connections=4,  # a blocking hash answers nobody until all of them are hashed
        longer=3,
    ),
)
