"""What a message says."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path

from app.core.views import render

LAYOUTS = Path(__file__).parent / "views"
"""Where ``layout.html`` and ``layout.txt`` are, which every view extends."""


@dataclass(frozen=True)
class MailContent:
    """A message in its two forms: a mail program shows the one that it can, or its user wants."""

    html: str = field(repr=False)
    text: str = field(repr=False)


class BaseTemplate(ABC):
    """A kind of message: an HTML view, and a text view of the same name beside it.

    Its attributes are what both may use::

        class UserRegistration(BaseTemplate):
            def __init__(self, username: str, project_name: str) -> None:
                self.username = username
                self.project_name = project_name

            def _get_dir(self) -> Path:
                return Path(__file__).parent / "views"

            def _get_name(self) -> str:
                return "user_registration.html"
    """

    @abstractmethod
    def _get_dir(self) -> Path:
        """Return the directory of the views."""

    @abstractmethod
    def _get_name(self) -> str:
        """Return the name of the HTML view, such as ``user_registration.html``."""

    def render(self) -> MailContent:
        """Render both views.

        Raises:
            jinja2.TemplateNotFound: one of them is missing.
            jinja2.UndefinedError: one of them uses what is no attribute of this template.

        """
        name = Path(self._get_name())
        html, text = (
            render(str(view), vars(self), self._get_dir(), LAYOUTS)
            for view in (name, name.with_suffix(".txt"))
        )
        return MailContent(html, text)
