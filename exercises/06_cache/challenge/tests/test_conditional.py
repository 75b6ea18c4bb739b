"""The stretch task: a client that has the answer does not get it again."""

# ruff: noqa: INP001 - laid into a package of the app

import re
import subprocess
import sys

import pytest

BODY = b'{"id":2,"username":"katherine"}'


def test_answer_has_a_name() -> None:
    """The bytes are sent as they are, with a strong entity tag, to be asked about each time."""
    from app.core.api.conditional import answer_conditionally  # noqa: PLC0415 - it is what the test is about

    answer = answer_conditionally(BODY, None)
    assert (answer.status_code, answer.body) == (200, BODY)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-cache"
    assert re.fullmatch(r'"[\x21\x23-\x7e]{8,}"', answer.headers["etag"])


def test_name_follows_the_bytes() -> None:
    """Other bytes have another name; the same bytes have the same one in every process."""
    from app.core.api.conditional import make_etag  # noqa: PLC0415 - as above

    assert make_etag(BODY) != make_etag(BODY + b" ")
    code = f"from app.core.api.conditional import make_etag; print(make_etag({BODY!r}))"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert other.stdout.strip() == make_etag(BODY)


@pytest.mark.parametrize(
    "given", ["{etag}", "W/{etag}", '"other", {etag}', '"a,b",W/{etag} , "c"', "*", " * "]
)
def test_client_that_has_it_gets_no_body(given: str) -> None:
    """Weak or strong, one of several, or any: 304 with the tag, and nothing to read."""
    from app.core.api.conditional import answer_conditionally, make_etag  # noqa: PLC0415 - as above

    etag = make_etag(BODY)
    answer = answer_conditionally(BODY, given.format(etag=etag))
    assert (answer.status_code, answer.body) == (304, b"")
    assert answer.headers["etag"] == etag
    assert answer.headers["cache-control"] == "no-cache"
    assert "content-type" not in answer.headers


@pytest.mark.parametrize("given", ["", '""', '"other"', "W/", "{bare}", '"{bare}', '"x{bare}"'])
def test_client_that_has_something_else_gets_all(given: str) -> None:
    """A part of the tag, or nonsense, is not the tag."""
    from app.core.api.conditional import answer_conditionally, make_etag  # noqa: PLC0415 - as above

    bare = make_etag(BODY).strip('"')
    answer = answer_conditionally(BODY, given.format(bare=bare))
    assert (answer.status_code, answer.body) == (200, BODY)
