"""Who gets a message, and what it is about."""

import unicodedata
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from app.core.services.mail.exceptions import EmailDataError

LONGEST_SUBJECT = 200
"""Characters; mail programs show far fewer."""
CONTROL = {"Cc", "Cs", "Zl", "Zp"}
"""Unicode's categories of line ends and other characters that no header may have."""


@dataclass(frozen=True)
class EmailData:
    r"""What stands on the envelope.

    A line end in a header begins the next header: a user whose name is "Ada\r\nBcc: everybody"
    could send our mail to everybody. So one is refused here, before anything is rendered or queued.

    Raises:
        EmailDataError: the subject or the recipient cannot be; the message names which.

    """

    subject: str
    recipient: str

    def __post_init__(self) -> None:
        """Check both."""
        if not 0 < len(self.subject) <= LONGEST_SUBJECT:
            raise EmailDataError(f"subject: needs 1 to {LONGEST_SUBJECT} characters")
        for name in ("subject", "recipient"):
            require_one_line(name, getattr(self, name))
        object.__setattr__(self, "recipient", normalise_address(self.recipient))


def require_one_line(name: str, value: str) -> None:
    """Refuse line ends and other control characters.

    Raises:
        EmailDataError: there is one.

    """
    if any(unicodedata.category(character) in CONTROL for character in value):
        raise EmailDataError(f"{name}: a line end or control character cannot stand in a header")


def normalise_address(address: str) -> str:
    """Write an address as mail servers know it: the domain in ASCII.

    Raises:
        EmailDataError: this is no address, or more than one.

    """
    try:
        found = validate_email(address, check_deliverability=False)
    except EmailNotValidError as error:
        raise EmailDataError(f"recipient: {error}") from None
    return found.ascii_email or f"{found.local_part}@{found.ascii_domain}"
