"""Column types that keep a rule which PostgreSQL's own types don't."""

from enum import IntEnum
from typing import Any

from sqlalchemy import Dialect, SmallInteger, String, TypeDecorator


class LowercaseString(TypeDecorator[str]):
    """Text that is stored and compared in lower case: ``Ada@Example.com`` finds ``ada@…``."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Lower the case of what goes to the database, in rows and in conditions."""
        return None if value is None else value.lower()


class IntEnumType(TypeDecorator[IntEnum]):
    """An ``IntEnum`` kept as a small integer, so that its numbers are the contract."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, members: type[IntEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Refuse a number that is no member before the database sees it."""
        return None if value is None else int(self.members(value))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> IntEnum | None:  # noqa: ANN401, ARG002 - SQLAlchemy's signature
        """Give the member back."""
        return None if value is None else self.members(value)
