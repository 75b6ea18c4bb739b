"""``GET /users`` with input that is wrong: 422, and the answer names the culprit."""

from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

URL = "/api/v1/users"
SORTABLE = "'id', 'username', 'status_id' or 'created_at'"
FILTERABLE = "'id', 'username' or 'status_id'"

BAD: list[tuple[str, list[str], str]] = [
    ("sort=nope", ["sort", "nope", "field"], SORTABLE),
    ("sort=password_hash:desc", ["sort", "password_hash", "field"], SORTABLE),
    ("sort=id:up", ["sort", "id", "direction"], "'asc' or 'desc'"),
    ("sort=id:DESC", ["sort", "id", "direction"], "'asc' or 'desc'"),
    ("sort=id,id:desc", ["sort"], "id is given twice"),
    ("sort=:desc", ["sort"], "at character 1, found ':desc'"),
    ("sort=id,", ["sort"], "at character 4"),
    ("sort=", ["sort"], "expected field"),
    ("sort=created_at:desc,+id", ["sort", " id", "field"], SORTABLE),
    ("filters=email:a", ["filters", "email", "field"], FILTERABLE),
    ("filters=deleted_at:1", ["filters", "deleted_at", "field"], FILTERABLE),
    ("filters=status_id:abc", ["filters", "status_id", "values"], "'abc' is refused"),
    ("filters=status_id:[1,3]", ["filters", "status_id", "values"], "'3' is refused"),
    ("filters=id:99999999999999999999", ["filters", "id", "values"], "9223372036854775807"),
    ("filters=id:9223372036854775808", ["filters", "id", "values"], "9223372036854775807"),
    ("filters=id:0", ["filters", "id", "values"], "greater than or equal to 1"),
    ("filters=id:-0", ["filters", "id", "values"], "greater than or equal to 1"),
    ("filters=id:1e3", ["filters", "id", "values"], "valid integer"),
    ("filters=id:1.5", ["filters", "id", "values"], "valid integer"),
    ("filters=id:%D9%A1", ["filters", "id", "values"], "valid integer"),
    ("filters=id:" + "9" * 5000, ["filters", "id", "values"], "is refused"),
    ("filters=id:[]", ["filters", "id", "values"], "at least 1 item"),
    ("filters=id:[1", ["filters"], "found 'id:[1'"),
    ("filters=id:1,", ["filters"], "at character 6"),
    ("filters=id:1,id:2", ["filters"], "id is given twice"),
    ("filters=id:1&filters=id:2", ["filters"], "id is given twice"),
    ("filters=id", ["filters"], "expected field:value"),
    ("filters=id:[" + "1," * 9999 + "1]", ["filters", "id", "values"], "at most 100 items"),
    ("filters=username:a%00b", ["filters", "username", "values"], "is refused"),
    ("filters=username:%22%5Cud800%22", ["filters", "username", "values"], "is refused"),
    ('filters=username:""', ["filters", "username", "values"], "at least 1 character"),
    ("filters=username:" + "x" * 51, ["filters", "username", "values"], "at most 50"),
    ("filters=username:" + "x" * 40_000, ["filters", "0"], "at most 32768 characters"),
    ("&".join(["sort=id"] * 11), ["sort"], "at most 10 items"),
    ("page=0", ["page"], "greater than or equal to 1"),
    ("page=-1", ["page"], "greater than or equal to 1"),
    ("page=-0", ["page"], "greater than or equal to 1"),
    ("page=1e3", ["page"], "valid integer"),
    ("page=%D9%A1", ["page"], "valid integer"),
    ("page=", ["page"], "valid integer"),
    ("page=99999999999999999999999", ["page"], "2147483647"),
    ("page=2", ["page"], "page 2 does not exist, the last page is 1"),
    ("page=2147483647&page_size=100", ["page"], "the last page is 1"),
    ("page=2147483647&page_size=100&with_total=false", ["page"], "the last page is 1"),
    ("page_size=0", ["page_size"], "greater than or equal to 1"),
    ("page_size=101", ["page_size"], "less than or equal to 100"),
    ("with_total=maybe", ["with_total"], "valid boolean"),
]


@pytest.mark.parametrize(("query", "where", "message"), BAD, ids=[row[0][:40] for row in BAD])
async def test_culprit_is_named(
    client: httpx.AsyncClient, query: str, where: list[str], message: str
) -> None:
    """The parameter, the field, and what is allowed."""
    answer = await client.get(f"{URL}?{query}")
    assert answer.status_code == 422, answer.text
    assert len(answer.content) < 1000
    (error,) = answer.json()["errors"]
    assert [str(part) for part in error["loc"]] == ["query", *where]
    assert message in error["message"]


@pytest.mark.parametrize("user_id", ["abc", "0", "-1", "1.5", "9223372036854775808", "%00"])
async def test_user_id_that_is_none_is_named(client: httpx.AsyncClient, user_id: str) -> None:
    """What can't be an id is 422; 404 means a real id that nobody has."""
    answer = await client.get(f"{URL}/{user_id}")
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["path", "user_id"])


PIECES = st.sampled_from(
    [*'+:,[]"\\ %&=-019\x00\u0661', "id", "username", "status_id", "created_at", "desc", "\\ud800"]
)
TEXTS = st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=12).map("".join)


@settings(max_examples=75, deadline=None)
@given(sort=st.none() | TEXTS, filters=st.none() | TEXTS, page=st.none() | TEXTS)
async def test_no_text_breaks_the_list(
    client: httpx.AsyncClient, sort: str | None, filters: str | None, page: str | None
) -> None:
    """Whatever comes, PostgreSQL included, the answer is a page or 422."""
    given = {"sort": sort, "filters": filters, "page": page}
    query = "&".join(f"{name}={quote(text)}" for name, text in given.items() if text is not None)
    answer = await client.get(f"{URL}?{query}")
    assert answer.status_code in {200, 422}, answer.text
