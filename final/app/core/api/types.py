"""Types of values that come from outside, with the bounds that the database has."""

from typing import Annotated

from pydantic import Field, StringConstraints

BIGINT_MAX = 2**63 - 1

Identifier = Annotated[int, Field(ge=1, le=BIGINT_MAX)]
"""A primary key."""

# PostgreSQL's text can't hold the character NUL.
Text = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^\x00]*$")]
"""A short text."""
