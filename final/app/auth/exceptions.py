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


class UserExistsError(ApplicationException):
    """A living user has this e-mail or user name already."""

    status = 409
    code = "user_exists"
    title = "User exists"

    def __init__(self, field: str) -> None:
        super().__init__(f"This {field} is taken.")
