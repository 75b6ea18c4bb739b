"""Errors of mail.

MailUnavailableError            503 mail_unavailable    try again: the message may be all right
MailRefusedError                502 mail_refused        for ever: another try changes nothing
EmailDataError                      a subject or an address that no message can have
"""

from app.core.exceptions import ApplicationException, UnavailableError


class MailUnavailableError(UnavailableError):
    """The mail server does not answer, or not as it must; the cause says what it was."""

    code = "mail_unavailable"

    def __init__(self, reason: str) -> None:
        super().__init__("Mail cannot be sent now.", retry_after=30)
        self.reason = reason

    def __str__(self) -> str:
        """Say it to operators; the client reads ``detail`` only."""
        return self.reason


class MailRefusedError(ApplicationException):
    """The mail server does not want this message, or knows no such recipient."""

    status = 502
    code = "mail_refused"
    title = "Mail refused"

    def __init__(self, reason: str) -> None:
        super().__init__("The mail server refused the message.")
        self.reason = reason

    def __str__(self) -> str:
        """Say it to operators; the client reads ``detail`` only."""
        return self.reason


class EmailDataError(ValueError):
    """The subject or the recipient cannot stand in a message."""
