"""What Schemathesis is told beyond the document: which of its requests never reach the app."""

from __future__ import annotations

from urllib.parse import urlencode

import schemathesis  # type: ignore[import-not-found]  # in an environment of its own

LONGEST = 16_000
"""Characters of a query. An address of 64 KiB is answered by uvicorn, in words of its own."""


@schemathesis.hook  # type: ignore[untyped-decorator]  # because of the above
def filter_case(_context: schemathesis.HookContext, case: schemathesis.Case) -> bool:
    """Keep those that reach it."""
    return len(urlencode(case.query or {}, doseq=True)) < LONGEST
