"""The first message that asks for nothing."""

# ruff: noqa: INP001 - laid into a package of the app

from app.auth.emails.templates import AccountTemplate


class Welcome(AccountTemplate):
    """Says hello."""

    def _get_name(self) -> str:
        return "welcome.html"
