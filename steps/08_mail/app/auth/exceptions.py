

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
