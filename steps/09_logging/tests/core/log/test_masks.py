"""What lines do not tell."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, SecretStr

from app.core.log.context import hide_values
from app.core.log.masks import (
    HIDDEN,
    LONGEST_TEXT,
    MOST_ITEMS,
    mask,
    mask_address,
    mask_text,
)

SECRET = "hunter2-Swordfish"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXN3b3JkZmlzaA"
TOKEN = "mB3dTq5Zx0cXW9aLr7uVnE2kJ8sHyPfGiO4wQ6tRzUM"

SHAPES = [
    "password=hunter2-Swordfish",
    "password='hunter2-Swordfish'",
    'PASSWORD: "hunter2-Swordfish"',
    '{"password": "hunter2-Swordfish"}',
    r'{"password": "\"hunter2-Swordfish"}',
    r"body: '{\"password\": \"hunter2-Swordfish\"}'",
    "{'new_password': 'hunter2-Swordfish', 'name': 'ada'}",
    "[('password', 'hunter2-Swordfish')]",
    "username=ada&password=hunter2-Swordfish&scope=",
    "GET /reset?token=hunter2-Swordfish HTTP/1.1",
    "FIRST_ADMIN_PASSWORD=hunter2-Swordfish",
    "JWT_SECRET=hunter2-Swordfish",
    "api_key=hunter2-Swordfish, x-api-key: hunter2-Swordfish",
    "Authorization: Bearer hunter2-Swordfish",
    "authorization: Basic hunter2-Swordfish==",
    "(b'authorization', b'Bearer hunter2-Swordfish')",
    "sent bearer hunter2-Swordfish to",
    "Cookie: session=hunter2-Swordfish; theme=hunter2-Swordfish",
    "{'set-cookie': 'session=hunter2-Swordfish; HttpOnly'}",
    "postgresql+asyncpg://app:hunter2-Swordfish@127.0.0.1:5432/app",
    "redis://:hunter2-Swordfish@cache:6379/0 does not answer",
    "https://ada:p@hunter2-Swordfish@example.com/x",
    "(sqlalchemy) wrong\n[SQL: UPDATE users SET x=$1]\n[parameters: ('hunter2-Swordfish', 1)]",
    "\n[parameters: ('a', 'hunter2-Swordfish\n]')]\n(Background on this error at: https://x)",
    "DETAIL:  Key (username)=(hunter2-Swordfish) already exists.",
    "invalid input for query argument $1: 'hunter2-Swordfish' (str)",
    'invalid input syntax for type integer: "hunter2-Swordfish"',
    "DETAIL:  Failing row contains (1, hunter2-Swordfish, null).",
    "User(id=1, password_hash='hunter2-Swordfish')",
    "RefreshRequest(refresh_token=hunter2-Swordfish)",
    "$argon2id$v=19$m=65536,t=3,p=4$hunter2-Swordfish$hunter2-Swordfish",
    "password=correct horse, hunter2-Swordfish; it's hunter2-Swordfish",
    "JWT_SECRET = hunter2 Swordfish",
    "{'tokens': ['abc-def', 'hunter2-Swordfish']}",
    "('tokens', ('abc-def', 'hunter2-Swordfish'))",
    '{"credentials": {"pass": "hunter2-Swordfish"}}',
    r'"{\"credentials\": {\"pass\": \"hunter2-Swordfish\"}}"',
    '{\n  "tokens": [\n    "abc-def",\n    "hunter2-Swordfish"\n  ]\n}',
    "password\n  Too short [type=x, input_value='hunter2-Swordfish', input_type=str]",
    "postgresql://app:Swordfish/hunter2@127.0.0.1/app",
    "https://ada:hunter2/Swordfish/?#@example.com/x",
]


@pytest.mark.parametrize("text", SHAPES)
def test_secret_in_a_text_is_hidden(text: str) -> None:
    """Whoever wrote the sentence, and in whatever syntax."""
    masked = mask_text(text)
    assert SECRET not in masked
    assert "Swordfish" not in masked
    assert HIDDEN in masked


@pytest.mark.parametrize(
    "text", [f"token {JWT}", f"/api/reset/{TOKEN}", f"x {TOKEN} y", f"{TOKEN}.{TOKEN}", "0af" * 20]
)
def test_token_is_hidden_by_its_look(text: str) -> None:
    """No name stands before it: in a path, or in the middle of a sentence."""
    masked = mask_text(text)
    assert not any(part in masked for part in (*JWT.split("."), TOKEN, "0af"))


@pytest.mark.parametrize(
    "text",
    [
        "Uvicorn running on http://127.0.0.1:8000 (Press CTRL+C to quit)",
        "request 7c0e4a52-5b0f-4c4e-9a53-0d7f0b6c2f1e failed",
        "user 7 was blocked, at 12:30:05",
        "('Connect call failed', ('127.0.0.1', 5432))",
        "the queue does not answer: ConnectionError('Error 111 connecting to 127.0.0.1:6379.')",
        "an old refresh token of user 1 came back",
        "GET /api/v1/users/{user_id} 200",
        'File "/srv/app/core/services/queue/retry_middleware.py", line 62, in retry',
        "http://127.0.0.1:8000/users/@ada, http://[::1]:8000/users/@ada",
    ],
)
def test_rest_stays_readable(text: str) -> None:
    """A log that hides too much is no log."""
    assert mask_text(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("password=correct horse user=ada", "password=*** user=ada"),
        ("GET /reset?token=abc HTTP/1.1", "GET /reset?token=*** HTTP/1.1"),
        ("{'tokens': ['abc',\n  'def']}\nnext", "{'tokens': ***\nnext"),
        ('    tokens = [abc]\n  File "b.py", line 3', '    tokens = ***\n  File "b.py", line 3'),
        ("  |   token: [abc]\n  | next", "  |   token: ***\n  | next"),
        ("input_value='abc', input_type=str]\nnext", "input_value=***\nnext"),
        ("redis://:a/b@x:1,redis://:c@y:2", "redis://:***@x:1,redis://:***@y:2"),
    ],
)
def test_what_comes_after_a_secret_is_shown(text: str, shown: str) -> None:
    """The next name, the next address, the next frame; within a line of a list, nothing."""
    assert mask_text(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("kate@example.com", "k***@example.com"),
        ("to <kate.o+x@mail.example.com>,", "to <k***@mail.example.com>,"),
        ("?email=kate%40example.com", "?email=k***%40example.com"),
        ("Key (email)=(kate@example.com) already", "Key (email)=(***) already"),
    ],
)
def test_address_of_a_person_is_shortened(text: str, shown: str) -> None:
    """Two people can be told apart, and none be written to."""
    assert mask_text(text) == shown


@given(st.text(), st.sampled_from(SHAPES), st.text())
def test_no_surrounding_reveals_the_secret(before: str, text: str, after: str) -> None:
    """Lines before and after are anybody's text."""
    assert SECRET not in mask_text(f"{before}\n{text}\n{after}")


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "a-", "@", "://", "://a:", "password", "[parameters: ", "eyJ", "=(", "input_value="),
        *("password=a ", "password=a b=", "token=[\n ", "token: ["),
    ],
)
def test_masking_takes_linear_time(piece: str) -> None:
    """A client cannot stop the server with a long text."""
    started = time.process_time()
    mask_text(piece * (LONGEST_TEXT // len(piece)))
    assert time.process_time() - started < 1


def test_long_text_loses_its_middle() -> None:
    """A line stays of a size that collectors take; what just fits is whole."""
    half = LONGEST_TEXT // 2
    begin, end = "ab " * half, "yz " * half
    whole = begin[:half] + end[-half:]
    assert mask_text(whole) == whole
    assert mask_text(f"{begin} {end}") == f"{begin[:half]} […] {end[-half:]}"


class Account(BaseModel):
    """What somebody may log as a whole."""

    name: str
    password: SecretStr


@dataclass
class Row:
    """The same, without types that help."""

    name: str
    password: str


class Mute:
    """An object that cannot be shown."""

    def __str__(self) -> str:
        """Fail."""
        raise RuntimeError("hush")


def nest(levels: int) -> Any:  # noqa: ANN401 - a list of lists
    """Make lists within lists."""
    value: Any = SECRET
    for _ in range(levels):
        value = [value]
    return value


def test_values_are_masked_by_their_names_however_deep() -> None:
    """Under a name of a secret everything is hidden; elsewhere each text is looked at."""
    value = {
        "user": {"Password": SECRET, "name": "ada", "mail": ["ada@example.com"]},
        "headers": {"authorization": [SECRET], "set-cookie": {"a": SECRET}, "accept": "*/*"},
        b"body": f"token={SECRET}".encode(),
        f"password={SECRET}": 1,
    }
    assert mask("extra", value) == {
        "user": {"Password": HIDDEN, "name": "ada", "mail": ["a***@example.com"]},
        "headers": {"authorization": HIDDEN, "set-cookie": HIDDEN, "accept": "*/*"},
        "body": "token=***",
        "password=***": HIDDEN,
    }


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Account(name="ada", password=SecretStr(SECRET)), "name='ada' password=***"),
        (Row("ada", SECRET), "name='ada', password=***"),
        (SecretStr(SECRET), "**********"),
        (datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02 00:00:00+00:00"),
        (float("nan"), "nan"),
        (Mute(), "<Mute without a text: RuntimeError>"),
        (ValueError(f"password={SECRET}"), "password=***"),
        ({1}, [1]),
        ((None, True, 1.5), [None, True, 1.5]),
    ],
)
def test_every_value_becomes_json(value: object, shown: object) -> None:
    """An object is shown as it shows itself, secrets apart."""
    masked = mask("value", value)
    json.dumps(masked, allow_nan=False)
    assert masked == shown or (isinstance(shown, str) and shown in masked)


def test_value_without_an_end_is_cut_off() -> None:
    """A list that holds itself, and one that is deeper than Python can follow."""
    circle: list[Any] = []
    circle.append(circle)
    json.dumps(mask("value", circle))
    json.dumps(mask("value", nest(100_000)))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
)


@given(values)
def test_whatever_is_logged_can_be_written(value: object) -> None:
    """NaN, surrogates, bytes, keys that are no texts."""
    json.dumps(mask("value", value), allow_nan=False).encode()


def test_large_collections_lose_their_end() -> None:
    """Whatever somebody logs, the line stays of a size that collectors take."""
    many = range(MOST_ITEMS * 10)
    for value in (list(many), dict.fromkeys(many)):
        assert len(mask("rows", value)) == MOST_ITEMS


@pytest.fixture
def hidden() -> Iterator[None]:
    """Hide a value in this context, as the worker does with secret arguments."""
    hide_values(["a b'\n", "1"])
    yield
    hide_values([])


@pytest.mark.usefixtures("hidden")
def test_value_that_must_not_be_shown_is_hidden_everywhere() -> None:
    """As it is and as ``repr`` shows it; what is shorter than three characters is no secret."""
    text = f"it was a b'\n, {'a b' + chr(39) + chr(10)!r}, 1"
    assert mask_text(text) == 'it was ***, "***", 1'


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("127.0.0.1", "127.0.0.1"),
        ("unknown", "unknown"),
    ],
)
def test_client_is_shown_by_its_network(address: str, shown: str) -> None:
    """This machine is nobody."""
    assert mask_address(address) == shown
