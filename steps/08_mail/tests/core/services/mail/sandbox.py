"""A message for tests, with its views."""

from pathlib import Path

from app.core.services.mail import BaseTemplate


class Greeting(BaseTemplate):
    """Greets."""

    def __init__(self, username: str, project_name: str = "Sandbox") -> None:
        self.username = username
        self.project_name = project_name

    def _get_dir(self) -> Path:
        return Path(__file__).parent / "views"

    def _get_name(self) -> str:
        return "greeting.html"


class Careless(Greeting):
    """Has views that use what nobody gives."""

    def _get_name(self) -> str:
        return "careless.html"


class Mute(Greeting):
    """Has no text view."""

    def _get_name(self) -> str:
        return "mute.html"
