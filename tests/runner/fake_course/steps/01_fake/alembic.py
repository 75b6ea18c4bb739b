# ruff: noqa: INP001 - the root of a build is no package
"""Stand in for the real one: ``python -m alembic`` finds this file first."""

import os
import sys

if revision := os.environ.get("FAKE_REVISION"):
    sys.exit(f"FAILED: Can't locate revision identified by '{revision}'")
