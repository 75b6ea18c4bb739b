# ruff: noqa: INP001 - the folders beside this file are the packages
"""All messages of the tool: both languages say the same things, and nothing is missing."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, VariableReference
from fluent.syntax.visitor import Visitor

from workshop.messages import LANGUAGES, LOCALES

PACKAGE = LOCALES.parent
AREAS = sorted({path.name for path in LOCALES.glob("*/*.ftl")})

# English stands where these texts belong, in the noxfile and in .env.example: only Russian is here.
ONLY_TRANSLATED = ("docs-session-", "docs-setting-")

# The functions whose first argument is the id of a message, and those with an id in a keyword.
CALLED = {"WorkshopError", "text", "Note", "finding", "_fact", "_step"}
KEYWORDS = {"otherwise", "message_id"}
ID = re.compile(r"[a-z]+(-[a-z0-9]+)+")


class _Variables(Visitor):
    """Collects the variables of a message."""

    def __init__(self) -> None:
        self.used: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802 - fluent's name
        """Remember a variable."""
        self.used.add(node.id.name)


def parse(language: str, area: str) -> list[Message]:
    """Parse one file; what fluent would skip silently is a failure here."""
    path = LOCALES / language / area
    resource = FluentParser().parse(path.read_text(encoding="utf-8"))
    junk = [entry.content for entry in resource.body if isinstance(entry, Junk)]
    assert not junk, f"{path} holds text that Fluent does not understand: {junk[0]}"
    return [entry for entry in resource.body if isinstance(entry, Message)]


def variables(message: Message) -> set[str]:
    """Return the variables that a message uses."""
    visitor = _Variables()
    visitor.visit(message)
    return visitor.used


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_have_the_same_messages(area: str) -> None:
    """The same ids, in the same order, each with the same variables."""
    by_language = [
        {message.id.name: variables(message) for message in parse(language, area)}
        for language in LANGUAGES
    ]
    for name in [name for name in by_language[1] if name.startswith(ONLY_TRANSLATED)]:
        if name not in by_language[0]:
            del by_language[1][name]
    assert list(by_language[0]) == list(by_language[1])
    assert by_language[0] == by_language[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_id_is_there_once(language: str) -> None:
    """Two files of one language do not define the same message."""
    ids = Counter(message.id.name for area in AREAS for message in parse(language, area))
    assert [name for name, times in ids.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_message_renders(language: str) -> None:
    """With every variable given, in every plural, nothing is reported."""
    for area in AREAS:
        bundle = FluentBundle([language], use_isolating=False)
        source = (LOCALES / language / area).read_text(encoding="utf-8")
        bundle.add_resource(FluentResource(source))
        for message in parse(language, area):
            pattern = bundle.get_message(message.id.name).value
            assert pattern is not None, f"{message.id.name} is empty"
            for value in (1, 2, 5):
                given = dict.fromkeys(variables(message), value)
                _, errors = bundle.format_pattern(pattern, given)
                assert not errors, f"{message.id.name}: {errors}"


def nodes() -> Iterator[tuple[ast.AST, Path]]:
    """Yield every node of the tool's code."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield node, path


def used_ids() -> Iterator[tuple[str, str]]:
    """Yield each id that the code names where an id is expected, with the file's name."""
    for node, path in nodes():
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        named = [word.value for word in node.keywords if word.arg in KEYWORDS]
        for value in (*(node.args[:1] if name in CALLED else ()), *named):
            # An id is words with dashes: SQLAlchemy has a function `text` as well.
            if isinstance(value, ast.Constant) and ID.fullmatch(str(value.value)):
                yield str(value.value), path.name


def test_each_id_in_the_code_has_a_message() -> None:
    """An id that is mistyped is found here, not by the first person to meet the error."""
    known = {message.id.name for area in AREAS for message in parse("en", area)}
    assert {(name, file) for name, file in used_ids() if name not in known} == set()


def test_each_message_is_used() -> None:
    """Each id stands in the code as a word, or begins as an id that is put together there."""
    words = {str(node.value) for node, _ in nodes() if isinstance(node, ast.Constant)}
    heads = [
        node.values[0] for node, _ in nodes() if isinstance(node, ast.JoinedStr) and node.values
    ]
    begun = tuple(
        str(head.value)
        for head in heads
        if isinstance(head, ast.Constant) and str(head.value).endswith("-")
    )
    known = {message.id.name for area in AREAS for message in parse("en", area)}
    assert {name for name in known - words if not name.startswith(begun)} == set()
