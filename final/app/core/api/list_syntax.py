"""The text of the query parameters ``sort`` and ``filters``.

    sort    = field[:direction],…           sort=created_at:desc,username
    filters = field:value,…                 filters=status_id:1,id:[1,2]
    value   = plain text, or a JSON string  filters=username:"a,b"

Plain text holds no comma, bracket or quote; a JSON string holds anything.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

# The possessive ++ and *+ never give back what they took: the time is linear in the text's length.
VALUE = r'(?:"(?:[^"\\]|\\.)*+"|[^,\[\]"]++)'
SORT = re.compile(r"(?P<field>[^,:]{1,64}+)(?::(?P<direction>[^,:]++))?+(?P<end>,|\Z)")
FILTER = re.compile(
    r'(?P<field>[^,:\[\]"]{1,64}+):'
    rf"(?:(?P<one>{VALUE})|\[(?P<many>{VALUE}(?:,{VALUE})*+)?+\])"
    r"(?P<end>,|\Z)"
)


class ListSyntaxError(ValueError):
    """The text leaves the syntax; the message shows where."""

    def __init__(self, text: str, position: int, expected: str) -> None:
        found = text[position : position + 20]
        super().__init__(f"expected {expected} at character {position + 1}, found {found!r}")


def parse_sort(text: str) -> list[dict[str, Any]]:
    """Read ``sort``.

    Raises:
        ListSyntaxError: the text is not of the form above.

    """
    terms = split_terms(SORT, text, "field or field:direction")
    return [{"field": term["field"], "direction": term["direction"] or "asc"} for term in terms]


def parse_filters(text: str) -> list[dict[str, Any]]:
    """Read ``filters``; one value or several, each comes as text in a list.

    Raises:
        ListSyntaxError: the text is not of the form above.

    """
    terms = split_terms(FILTER, text, "field:value or field:[value,…]")
    return [{"field": term["field"], "values": read_values(term)} for term in terms]


def split_terms(pattern: re.Pattern[str], text: str, expected: str) -> Iterator[re.Match[str]]:
    """Give the terms between commas; a comma at the end begins a term that is missing."""
    position = 0
    while True:
        term = pattern.match(text, position)
        if term is None:
            raise ListSyntaxError(text, position, expected)
        yield term
        position = term.end()
        if not term["end"]:
            return


def read_values(term: re.Match[str]) -> list[str]:
    """Take the quotes off."""
    found = re.findall(VALUE, term["one"] or term["many"] or "")
    try:
        return [json.loads(value) if value.startswith('"') else value for value in found]
    except ValueError:
        position = term.end("field") + 1
        raise ListSyntaxError(term.string, position, "quotes and escapes of JSON") from None
