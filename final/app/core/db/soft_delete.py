"""Sessions that do not see soft-deleted rows.

What is covered: selects with their joins, subqueries and relationships, ``session.get``, and
ORM-enabled ``update()`` and ``delete()``. Ask for deleted rows with
``select(User).execution_options(**INCLUDE_DELETED)``.

What is not, on purpose: ``session.refresh`` and ``session.delete`` work on the object that you
hold, and statements on ``User.__table__`` or ``text()`` mean exactly what they say.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from app.core.db.mixins import SoftDeleteMixin

INCLUDE_DELETED: Final[Mapping[str, bool]] = {"include_deleted": True}

ONLY_LIVING: Final = with_loader_criteria(
    SoftDeleteMixin, lambda entity: entity.deleted_at.is_(None), include_aliases=True
)
"""``deleted_at IS NULL`` for each soft-deletable entity; made once, as all statements share it."""


class SoftDeleteSession(Session):
    """The synchronous session inside each of our async sessions."""

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:  # noqa: ANN401 - as the parent
        """Return None also for a deleted object that this session has loaded already.

        The parent answers from its identity map without a statement, so the filter on statements
        below never runs for such an object.
        """
        found = super().get(entity, ident, **options)
        asked_for = (options.get("execution_options") or {}).get("include_deleted", False)
        if isinstance(found, SoftDeleteMixin) and found.is_deleted and not asked_for:
            return None
        return found


@event.listens_for(SoftDeleteSession, "do_orm_execute")
def hide_deleted(state: ORMExecuteState) -> None:
    """Let every statement see the living only, unless it asks for deleted rows too."""
    if state.is_column_load or state.execution_options.get("include_deleted", False):
        return
    state.statement = state.statement.options(ONLY_LIVING)
