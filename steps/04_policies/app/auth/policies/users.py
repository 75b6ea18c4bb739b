"""Who may do what to a user.

Each policy is a dependency of a route, which takes ``user_id`` from the path, and a function that
any code can call: ``await can_update(user, user_id)``.
"""

from app.auth.deps import ActiveUser
from app.auth.exceptions import ActionNotAllowed
from app.core.api.types import Identifier


async def can_update(user: ActiveUser, user_id: Identifier) -> bool:
    """Oneself, and any administrator.

    Raises:
        ActionNotAllowed: somebody else.

    """
    if not (user.is_admin or user.id == user_id):
        raise ActionNotAllowed("You may change your own account only.")
    return True


async def can_change_status(user: ActiveUser) -> bool:
    """Administrators.

    Raises:
        ActionNotAllowed: anybody else.

    """
    if not user.is_admin:
        raise ActionNotAllowed("Only administrators may change the status of a user.")
    return True


async def can_delete(user: ActiveUser, user_id: Identifier) -> bool:
    """Oneself, and any administrator.

    Raises:
        ActionNotAllowed: somebody else.

    """
    if not (user.is_admin or user.id == user_id):
        raise ActionNotAllowed("You may delete your own account only.")
    return True


async def can_restore(user: ActiveUser) -> bool:
    """Administrators: a deleted user cannot ask.

    Raises:
        ActionNotAllowed: anybody else.

    """
    if not user.is_admin:
        raise ActionNotAllowed("Only administrators may restore a user.")
    return True
