"""What may stand on an envelope."""

import pytest

from app.core.services.mail import EmailData
from app.core.services.mail.exceptions import EmailDataError


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x00", "\x0b", "\x85", "\u2028", "\ud800"])
@pytest.mark.parametrize("field", ["subject", "recipient"])
def test_headers_cannot_be_injected(field: str, end: str) -> None:
    """The error names the field, and not what was in it."""
    values = {"subject": "Hello", "recipient": "ada@example.com"}
    values[field] += f"{end}Bcc: everybody@example.com"
    with pytest.raises(EmailDataError, match=f"^{field}: a line end") as caught:
        EmailData(**values)
    assert "everybody" not in str(caught.value)


@pytest.mark.parametrize(
    "recipient",
    [
        *("", "ada", "ada@", "@example.com", "ada @example.com", "Ada <ada@example.com>"),
        *("ada@example.com, bob@example.com", "ada@example.com;bob@example.com"),
    ],
)
def test_recipient_must_be_one_address(recipient: str) -> None:
    """A list, a name or nothing is refused before anything is rendered."""
    with pytest.raises(EmailDataError, match="recipient: "):
        EmailData("Hello", recipient)


@pytest.mark.parametrize("subject", ["", "x" * 201])
def test_subject_has_bounds(subject: str) -> None:
    """Neither none nor a novel."""
    with pytest.raises(EmailDataError, match="subject: "):
        EmailData(subject, "ada@example.com")


def test_domain_is_written_in_ascii() -> None:
    """Every server knows it so; the part before the @ belongs to the recipient's server."""
    assert EmailData("x", "ada@bücher.example.com").recipient == "ada@xn--bcher-kva.example.com"
    assert EmailData("x", "юля@example.com").recipient == "юля@example.com"
