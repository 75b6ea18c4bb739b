"""Errors of the auth module: each names its status and its code.

The tree is flat, so that later steps only add to it.
"""

from app.core.exceptions import ApplicationException


class UserNotFoundError(ApplicationException):
    """There is no such user, or no longer."""

    status = 404
    code = "user_not_found"
    title = "User not found"

    def __init__(self, user_id: int) -> None:
        super().__init__(f"There is no user {user_id}.")
