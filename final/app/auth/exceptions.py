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


class NotAuthenticatedError(ApplicationException):
    """The request does not say who makes it."""

    status = 401
    code = "not_authenticated"
    title = "Not authenticated"
    challenge = "Bearer"
    """What RFC 9110 and RFC 6750 want in ``WWW-Authenticate``."""

    def __init__(self, detail: str = "Send an access token: Authorization: Bearer …") -> None:
        super().__init__(detail)

    @property
    def headers(self) -> dict[str, str]:
        """Say how to authenticate."""
        return {"WWW-Authenticate": self.challenge}


class TokenInvalidError(NotAuthenticatedError):
    """The access token is none of ours, or its session is over, or its user may not sign in."""

    code = "token_invalid"
    title = "Access token invalid"
    challenge = 'Bearer error="invalid_token"'

    def __init__(self) -> None:
        super().__init__("This access token is not valid, or no longer: log in again.")


class TokenExpiredError(NotAuthenticatedError):
    """The access token was valid; a new one can be had for the refresh token."""

    code = "token_expired"
    title = "Access token expired"
    challenge = 'Bearer error="invalid_token"'

    def __init__(self) -> None:
        super().__init__("This access token has expired: refresh it.")


class CredentialsInvalidError(NotAuthenticatedError):
    """No such user, or another password, or a blocked user: which of them is nobody's business."""

    code = "credentials_invalid"
    title = "Credentials invalid"

    def __init__(self) -> None:
        super().__init__("The user name or the password is wrong.")


class RefreshTokenInvalidError(NotAuthenticatedError):
    """The refresh token is unknown, expired or was used before."""

    code = "refresh_token_invalid"
    title = "Refresh token invalid"

    def __init__(self) -> None:
        super().__init__("This refresh token is not valid, or no longer: log in again.")


class ActionNotAllowed(ApplicationException):
    """The user may not do this."""

    status = 403
    code = "action_not_allowed"
    title = "Action not allowed"


class LastAdministratorError(ApplicationException):
    """Without this user, nobody could administer."""

    status = 409
    code = "last_administrator"
    title = "Last administrator"

    def __init__(self) -> None:
        super().__init__("The last active administrator can be neither blocked nor deleted.")


class MailTokenInvalidError(ApplicationException):
    """The token from a message is unknown, was used, has expired, or a newer one was sent."""

    status = 400
    code = "mail_token_invalid"
    title = "Link invalid"

    def __init__(self) -> None:
        super().__init__("This link is not valid, or no longer: ask for a new one.")


class EmailNotVerifiedError(ApplicationException):
    """The password is right, but nobody has shown yet that the address is theirs."""

    status = 403
    code = "email_not_verified"
    title = "E-mail not verified"

    def __init__(self) -> None:
        super().__init__("Open the link in our message first, or ask for a new one.")
