"""Messages in the language that the reader's browser asks for."""

# ruff: noqa: INP001 - laid into a package of the app

import re
from collections.abc import Iterator
from pathlib import Path

from app.core.services.mail.template import BaseTemplate, MailContent

DEFAULT = "en"
"""What the views without a language are written in."""

WANTED = re.compile(
    r"\s*(?P<tag>[a-z]{1,8}(-[a-z0-9]{1,8})*)\s*(;\s*q=(?P<q>[01](\.[0-9]{0,3})?)\s*)?",
    re.IGNORECASE | re.ASCII,
)
"""A language as RFC 9110, 12.5.4, has it; what is none cannot become the name of a file."""

LONGEST = 500
"""Characters of the header that are looked at; browsers send a tenth of it."""


class LocalisedTemplate(BaseTemplate):
    """A message with views in several languages, such as ``greeting.ru.html`` and its text."""

    def __init__(self, *, accept_language: str) -> None:
        self.accept_language = accept_language

    def render(self) -> MailContent:
        """Render the views of the language that is wanted most and is there."""
        language = next(filter(self._has, read_languages(self.accept_language)), DEFAULT)
        name = self._get_name() if language == DEFAULT else self._name_in(language)
        return _Named(self, self._get_dir(), name).render()

    def _name_in(self, language: str) -> str:
        name = Path(self._get_name())
        return str(name.with_name(f"{name.stem}.{language}{name.suffix}"))

    def _has(self, language: str) -> bool:
        if language == DEFAULT:
            return True
        html = self._get_dir() / self._name_in(language)
        return html.is_file() and html.with_suffix(".txt").is_file()


class _Named(BaseTemplate):
    """The same attributes, and views of another name."""

    def __init__(self, template: BaseTemplate, directory: Path, name: str) -> None:
        self.__dict__.update(vars(template))
        self._directory = directory
        self._name = name

    def _get_dir(self) -> Path:
        return self._directory

    def _get_name(self) -> str:
        return self._name


def read_languages(header: str) -> Iterator[str]:
    """Give what ``Accept-Language`` names, the most wanted first, each without its region."""
    wanted = [
        (float(found["q"] or 1), found["tag"].lower().partition("-")[0])
        for found in map(WANTED.fullmatch, header[:LONGEST].split(","))
        if found
    ]
    # A stable sort: of equal ones the first.
    for q, language in sorted(wanted, key=lambda one: -one[0]):
        if q > 0:
            yield language
