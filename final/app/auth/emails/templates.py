"""The messages of the module."""

from pathlib import Path

from app.core.services.mail import BaseTemplate

VIEWS = Path(__file__).parent / "views"


class AccountTemplate(BaseTemplate):
    """A message to the owner of an account."""

    def __init__(self, *, project_name: str, username: str) -> None:
        self.project_name = project_name
        self.username = username

    def _get_dir(self) -> Path:
        return VIEWS


class LinkTemplate(AccountTemplate):
    """A message with a link that works once."""

    def __init__(self, *, project_name: str, username: str, link: str, minutes: int) -> None:
        super().__init__(project_name=project_name, username=username)
        self.link = link
        self.minutes = minutes


class VerifyEmail(LinkTemplate):
    """Asks whether the address is theirs."""

    def _get_name(self) -> str:
        return "verify_email.html"


class ResetPassword(LinkTemplate):
    """Lets somebody in who has forgotten the password."""

    def _get_name(self) -> str:
        return "reset_password.html"


class EmailChanged(AccountTemplate):
    """Tells the owner at the old address, which gets no other message any more."""

    def _get_name(self) -> str:
        return "email_changed.html"


class PasswordChanged(AccountTemplate):
    """Tells the owner, in case it was somebody else."""

    def _get_name(self) -> str:
        return "password_changed.html"
