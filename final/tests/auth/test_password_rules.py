"""Which passwords are refused, and by which rule."""

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.models import User
from app.auth.services import password_hasher
from app.auth.services.password_rules import PasswordRefusedError, require_good_password
from tests.fixtures.accounts import AUTH

GOOD = [
    "correct horse battery",
    "x" * 127 + "y",
    "\U0001f40e" * 11 + "!",
    " " * 11 + ".",
    "\x00" * 11 + "1",
]
BAD = [
    ("short", "password_too_short"),
    ("e\u0301" * 6, "password_too_short"),  # twelve typed, six in the form that is hashed
    ("x" * 128 + "y", "password_too_long"),
    ("\ufdfa" * 12, "password_too_long"),  # one typed is eighteen in the form that is hashed
    ("a" * 12, "password_repeats"),
    ("aA" * 6, "password_repeats"),
    ("\uff41a" * 6, "password_repeats"),  # full width
    ("my lovelace pass", "password_contains_username"),
    ("my LoveLace pass", "password_contains_username"),
    ("my \uff4c\uff4fvelace pass", "password_contains_username"),
    ("countess rules 1", "password_contains_email"),
    ("COUNTE\u017fS rules", "password_contains_email"),  # a long s
]


def broken(password: str, username: str = "Lovelace", email: str = "countess@a.b") -> list[str]:
    """Name the rules that the password breaks."""
    try:
        require_good_password(password, username=username, email=email)
    except PasswordRefusedError as error:
        return [wrong.code for wrong in error.errors]
    return []


@pytest.mark.parametrize("password", GOOD)
def test_good_password_is_accepted(password: str) -> None:
    """Length is what counts: no rule wants digits or signs."""
    assert broken(password) == []


@pytest.mark.parametrize(("password", "rule"), BAD)
def test_bad_password_breaks_a_rule(password: str, rule: str) -> None:
    """It is judged in the form in which it is hashed."""
    assert rule in broken(password)


def test_all_rules_are_named_at_once() -> None:
    """Nobody has to find them out one by one."""
    assert broken("lovelacecountess" * 9) == [
        *("password_too_long", "password_contains_username", "password_contains_email")
    ]


def test_very_short_names_do_not_count() -> None:
    """An "a" before the @ would forbid most passwords."""
    assert broken("correct horse battery", username="cor", email="a@b.c") == [
        "password_contains_username"
    ]
    assert broken("correct horse battery", username="ada", email="te@b.c") == []


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("a" * 12, "password_repeats"),
        ("correct lovelace", "password_contains_username"),
        ("correct countess", "password_contains_email"),
        ("e\u0301" * 6 + "!", "password_too_short"),
    ],
)
async def test_registration_names_the_rule(
    client: httpx.AsyncClient,
    sessions: async_sessionmaker[AsyncSession],
    monkeypatch: pytest.MonkeyPatch,
    password: str,
    rule: str,
) -> None:
    """422 with the field and the rule, without the password; nothing is hashed or stored."""
    monkeypatch.setattr(password_hasher, "hash_password", lambda _: pytest.fail("hashed"))
    body = {"email": "countess@example.com", "username": "lovelace", "password": password}
    answer = await client.post(f"{AUTH}/register", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    (wrong,) = answer.json()["errors"]
    assert (wrong["loc"], wrong["code"]) == (["body", "password"], rule)
    assert password not in answer.text
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(User)) == 0
