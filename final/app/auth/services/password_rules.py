"""Which passwords a user may choose."""

from collections.abc import Iterator

from app.auth.config import SHORTEST_PASSWORD
from app.auth.services.passwords import normalise
from app.core.exceptions import InvalidField, InvalidRequestError

LONGEST_PASSWORD = 128
SHORTEST_NAME = 3
"""A shorter name is in half of all passwords by chance."""


class PasswordRefusedError(InvalidRequestError):
    """The password breaks rules; the error names each of them, and not the password."""

    def __init__(self, broken: dict[str, str]) -> None:
        super().__init__(
            *(InvalidField(("body", "password"), broken[code], code) for code in broken)
        )


def require_good_password(password: str, *, username: str, email: str) -> None:
    """Accept the password, or say what is wrong with it.

    It is judged as it will be hashed, so a look-alike letter changes nothing.

    Raises:
        PasswordRefusedError: it breaks a rule.

    """
    if broken := dict(find_broken_rules(normalise(password), username, email)):
        raise PasswordRefusedError(broken)


def find_broken_rules(password: str, username: str, email: str) -> Iterator[tuple[str, str]]:
    """Give a code and a sentence for each rule that is broken."""
    if len(password) < SHORTEST_PASSWORD:
        yield "password_too_short", f"should have at least {SHORTEST_PASSWORD} characters"
    if len(password) > LONGEST_PASSWORD:
        yield "password_too_long", f"should have at most {LONGEST_PASSWORD} characters"
    if len(set(password.casefold())) == 1:
        yield "password_repeats", "should be more than one character repeated"
    if contains(password, username):
        yield "password_contains_username", "should not contain the user name"
    if contains(password, email.rpartition("@")[0]):
        yield "password_contains_email", "should not contain the name in the e-mail address"


def contains(password: str, name: str) -> bool:
    """Tell whether the name is in the password, in any case of letters."""
    name = normalise(name).casefold()
    return len(name) >= SHORTEST_NAME and name in password.casefold()
