"""Views become the two forms of a message."""

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from app.auth.emails.templates import EmailChanged, PasswordChanged, ResetPassword, VerifyEmail
from app.core.services.mail import BaseTemplate
from tests.core.services.mail.sandbox import Careless, Greeting, Mute

SCRIPT = "<script>alert('you')</script>"
LINK = "https://example.com/verify-email#token=abc"


def test_html_is_escaped_and_text_is_not() -> None:
    """A name that is a script is shown, not run; in text, nothing needs escaping."""
    content = Greeting(SCRIPT).render()
    assert SCRIPT not in content.html
    assert "Hello <b>&lt;script&gt;alert(&#39;you&#39;)&lt;/script&gt;</b>!" in content.html
    assert f"Hello {SCRIPT}!" in content.text


def test_text_is_not_shown_where_contents_are_printed() -> None:
    """It may hold a link that opens an account."""
    assert repr(Greeting("Ada").render()) == "MailContent()"


def test_views_stand_in_the_layout() -> None:
    """What all messages share is written once."""
    content = Greeting("Ada").render()
    assert content.html.startswith("<!doctype html>")
    assert "<title>Sandbox</title>" in content.html
    assert content.text.splitlines()[-2:] == ["-- ", "Sandbox"]


def test_view_that_uses_a_name_nobody_gives_is_an_error() -> None:
    """Better than a message with a hole in it."""
    with pytest.raises(UndefinedError, match="nobody_gives_this"):
        Careless("Ada").render()


def test_message_without_text_is_an_error() -> None:
    """Some people read mail without HTML, and filters distrust mail that has no text."""
    with pytest.raises(TemplateNotFound, match=r"mute\.txt"):
        Mute("Ada").render()


@pytest.mark.parametrize(
    "template",
    [
        VerifyEmail(project_name=SCRIPT, username=SCRIPT, link=LINK, minutes=60),
        ResetPassword(project_name=SCRIPT, username=SCRIPT, link=LINK, minutes=30),
        EmailChanged(project_name=SCRIPT, username=SCRIPT),
        PasswordChanged(project_name=SCRIPT, username=SCRIPT),
    ],
    ids=lambda template: type(template).__name__,
)
def test_no_message_of_the_app_runs_a_script(template: BaseTemplate) -> None:
    """Whatever a user calls themselves."""
    content = template.render()
    assert "<script" not in content.html
    assert "&lt;script&gt;" in content.html
    assert "&lt;" not in content.text
    assert SCRIPT in content.text


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1440, "24 hours"), (60, "1 hour"), (30, "30 minutes"), (1, "1 minute")],
)
def test_link_says_how_long_it_works(minutes: int, words: str) -> None:
    """In both forms, and with the link in both."""
    content = VerifyEmail(project_name="X", username="ada", link=LINK, minutes=minutes).render()
    assert f"The link works once, within {words}." in content.text
    assert f"within {words}." in content.html
    assert f"\n{LINK}\n" in content.text
    assert f'href="{LINK}"' in content.html
