"""Who may look."""

from app.auth.deps import ActiveUser
from app.auth.exceptions import ActionNotAllowed


async def can_read_trail(user: ActiveUser) -> bool:
    """Administrators.

    Raises:
        ActionNotAllowed: anybody else.

    """
    if not user.is_admin:
        raise ActionNotAllowed("Only administrators may read the audit trail.")
    return True
