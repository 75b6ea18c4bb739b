"""The stretch task: a message in the reader's language, and no file of a stranger's choice."""

# ruff: noqa: INP001 - laid into a package of the app

from pathlib import Path

import pytest

from app.core.services.mail import BaseTemplate

VIEWS = {
    "greeting.html": "<p>Hello {{ username }}</p>",
    "greeting.txt": "Hello {{ username }}",
    "greeting.ru.html": "<p>Здравствуйте, {{ username }}</p>",
    "greeting.ru.txt": "Здравствуйте, {{ username }}",
    "greeting.de.html": "<p>Hallo {{ username }}</p>",
    "greeting.de.txt": "Hallo {{ username }}",
    "greeting.fr.html": "<p>There is no text beside this one</p>",
    "../secret.html": "secret",
    "../secret.txt": "secret",
}


@pytest.fixture
def views(tmp_path: Path) -> Path:
    """Write views, and two that are none of ours beside their directory."""
    folder = tmp_path / "views"
    folder.mkdir()
    for name, content in VIEWS.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def greet(views: Path, accept_language: str, name: str = "greeting.html") -> BaseTemplate:
    """Make a message of the learner's class."""
    from app.core.services.mail.languages import (  # noqa: PLC0415 - it is what the test is about
        LocalisedTemplate,
    )

    class Greeting(LocalisedTemplate):
        def __init__(self) -> None:
            super().__init__(accept_language=accept_language)
            self.username = "<Ada>"

        def _get_dir(self) -> Path:
            return views

        def _get_name(self) -> str:
            return name

    return Greeting()


@pytest.mark.parametrize(
    ("header", "word"),
    [
        *(("ru", "Здравствуйте,"), ("ru-RU", "Здравствуйте,"), ("RU-ru", "Здравствуйте,")),
        *(("de, ru", "Hallo"), ("ru;q=0.3, de;q=0.8", "Hallo"), ("ru;q=0.9,de;q=0.9", "Здрав")),
        *(("ru ; q=0.2 , de ;q=0.30", "Hallo"), ("en, ru;q=0.9", "Hello"), ("de;q=0, ru", "Здрав")),
        *(("ja, ru;q=0.1", "Здравствуйте,"), ("ru-RU, ru;q=0.9, en;q=0.5", "Здравствуйте,")),
        *(("ja", "Hello"), ("*", "Hello"), ("ru;q=0", "Hello"), ("", "Hello"), (",;q=,", "Hello")),
    ],
)
def test_language_that_is_wanted_most(views: Path, header: str, word: str) -> None:
    """In both forms; values are escaped as ever."""
    content = greet(views, header).render()
    assert content.html.startswith(f"<p>{word}")
    assert "&lt;Ada&gt;" in content.html
    assert content.text.startswith(word)
    assert content.text.endswith("<Ada>")


def test_both_forms_are_of_one_language(views: Path) -> None:
    """French has no text, so there is no French."""
    content = greet(views, "fr, de;q=0.5").render()
    assert (content.html, content.text) == ("<p>Hallo &lt;Ada&gt;</p>", "Hallo <Ada>")


@pytest.mark.parametrize(
    "header",
    [
        *("/../../secret", "../secret", "ru/../../../secret", "\x00", "ru\x00"),
        *("\u0440\u0443", "\uff52\uff55", "%", "..", "."),
        *("ru;q=nan", "ru;q=inf", "ru;q=1e9", "ru;q=-1", "ru;q=\u0660.5", "x" * 100_000),
        *("a," * 50_000, "a-" * 50_000, "{{ username }}"),
    ],
    ids=lambda header: ascii(header[:20]),
)
def test_stranger_chooses_no_file(views: Path, header: str) -> None:
    """Whatever is no language is left out, and costs no time; there is a message all the same."""
    assert greet(views, header).render().text == "Hello <Ada>"
