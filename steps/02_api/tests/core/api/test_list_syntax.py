"""The text of ``sort`` and ``filters``."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.api.list_syntax import ListSyntaxError, parse_filters, parse_sort


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id", [("id", "asc")]),
        ("created_at:desc,username", [("created_at", "desc"), ("username", "asc")]),
        ("id:up", [("id", "up")]),
    ],
)
def test_sort_is_read(text: str, expected: list[tuple[str, str]]) -> None:
    """Fields come in the order given, ascending unless they say otherwise."""
    assert [(term["field"], term["direction"]) for term in parse_sort(text)] == expected


@pytest.mark.parametrize(
    ("text", "field", "values"),
    [
        ("id:1", "id", ["1"]),
        ("id:[1,2]", "id", ["1", "2"]),
        ("id:[]", "id", []),
        ("at:2026-01-02T03:04:05Z", "at", ["2026-01-02T03:04:05Z"]),
        ('name:"a,b]:c"', "name", ["a,b]:c"]),
        (r'name:["\"",plain,"\u00e9"]', "name", ['"', "plain", "é"]),
    ],
)
def test_filter_is_read(text: str, field: str, values: list[str]) -> None:
    """One value or many, plain or quoted; commas and brackets need quotes."""
    assert parse_filters(text) == [{"field": field, "values": values}]


@pytest.mark.parametrize("text", ["", ",", "id,", ":desc", "id:", "id::desc", "id,,id", "x" * 65])
def test_sort_off_the_syntax_is_refused(text: str) -> None:
    """The error shows the form and the place."""
    with pytest.raises(ListSyntaxError, match="expected field or field:direction at character"):
        parse_sort(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "id", "id:", ":1", "id:1,", "id:[1", "id:1]", "id:[1,]", "id:[[1]]"),
        *('id:"1', 'id:a"b"', r'id:"\x"', 'id:"\t"'),
    ],
)
def test_filters_off_the_syntax_are_refused(text: str) -> None:
    """The error shows the form and the place."""
    with pytest.raises(ListSyntaxError, match=r"expected .+ at character"):
        parse_filters(text)


def test_error_names_the_place() -> None:
    """The place is counted in characters from 1, and what stands there is shown."""
    with pytest.raises(ListSyntaxError, match=r"at character 6, found 'name'"):
        parse_filters("id:1,name")


@given(st.lists(st.text(), min_size=1))
def test_every_text_survives_quoting(values: list[str]) -> None:
    """Whatever the value, its JSON string is read as that value."""
    quoted = ",".join(json.dumps(value) for value in values)
    assert parse_filters(f"name:[{quoted}]")[0]["values"] == values


@pytest.mark.parametrize(
    "text", ["id:[" + "1," * 16_000, 'id:["' + "\\" * 32_000, "id:" * 9_999 + ","]
)
def test_long_nonsense_is_refused_quickly(text: str) -> None:
    """The time grows with the length, not with its square."""
    started = time.process_time()
    with pytest.raises(ListSyntaxError):
        parse_filters(text)
    assert time.process_time() - started < 1  # the square would take several
