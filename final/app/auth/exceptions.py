"""Errors of the auth module.

NotFoundError
└── UserNotFoundError           404 user_not_found
"""

from app.core.exceptions import NotFoundError


class UserNotFoundError(NotFoundError):
    """There is no such user, or no longer."""

    code = "user_not_found"
    title = "User not found"

    def __init__(self, user_id: int) -> None:
        super().__init__(f"There is no user {user_id}.")
