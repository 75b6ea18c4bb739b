# ruff: noqa: INP001 - the root of a build is no package
"""Stand in for the real one: ``python -m alembic`` finds this file first."""
