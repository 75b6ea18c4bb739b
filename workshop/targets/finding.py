"""Finding a definition in a composed app."""

from __future__ import annotations

import ast
import difflib
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from workshop.errors import WorkshopError
from workshop.layers import ComposedFile, Composition, Layer
from workshop.layers.asking import near
from workshop.targets.target import Target

ALIKE = 0.5
"""How much a known name must look like the one asked for to be proposed, from 0 to 1."""


@dataclass(frozen=True)
class Definition:
    """Lines of a file, counted from 1, both ends included."""

    first: int
    last: int


@dataclass(frozen=True)
class Found:
    """What a target names in one composition."""

    target: Target
    source: str
    """The text without common indentation, ending with a newline."""
    layer: Layer
    """The layer whose file holds it."""
    first: int
    """The first line in the composed file, counted from 1."""
    last: int


def find(composition: Composition, target: Target) -> Found:
    """Return the text of a file or of a definition.

    A definition is a class, a function, a method, or an assignment at the top of a module or a
    class, together with its decorators, the comment right above and the docstring right below.

    Raises:
        WorkshopError: no such file or definition, two of that name, or the file is no valid Python.

    """
    if target.path not in composition:
        known = near(target.path, composition)
        raise WorkshopError("target-no-file", target=str(target), path=target.path, near=known)
    file = composition[target.path]
    text = _text(file)
    if not target.name:
        return Found(target, text, file.owner, 1, max(1, text.count("\n")))
    found = _choose(target, definitions(text, target.path))
    lines = text.split("\n")[found.first - 1 : found.last]
    source = textwrap.dedent("\n".join(lines)).rstrip("\n") + "\n"
    return Found(target, source, _layer(file, found.first), found.first, found.last)


@lru_cache(maxsize=256)
def definitions(text: str, path: str) -> dict[str, tuple[Definition, ...]]:
    """List what a module defines: qualified name -> places, in the order of the text.

    Raises:
        WorkshopError: the text is no valid Python.

    """
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise WorkshopError(
            "target-syntax", path=path, line=str(error.lineno or 1), reason=error.msg
        ) from error
    found: dict[str, tuple[Definition, ...]] = {}
    for name, definition in _walk(tree.body, "", text.split("\n")):
        found[name] = (*found.get(name, ()), definition)
    return found


def _text(file: ComposedFile) -> str:
    try:
        return file.content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WorkshopError("target-not-text", path=file.path) from error


def _choose(target: Target, known: dict[str, tuple[Definition, ...]]) -> Definition:
    if target.name not in known:
        raise WorkshopError(
            "target-no-name", target=str(target), path=target.path, near=_near(target.name, known)
        )
    places = known[target.name]
    if len(places) > 1 and not _overloads(places):
        shown = ", ".join(str(place.first) for place in places)
        raise WorkshopError("target-ambiguous", target=str(target), lines=shown)
    return Definition(places[0].first, places[-1].last)


def _overloads(places: tuple[Definition, ...]) -> bool:
    # A property and its setter, or @overload: one name, written without anything in between.
    return all(
        after.first - before.last <= 3  # noqa: PLR2004 - at most two blank lines part them
        for before, after in pairwise(places)
    )


def _near(name: str, known: dict[str, tuple[Definition, ...]]) -> str:
    last = name.rpartition(".")[2]
    same = [found for found in known if found.rpartition(".")[2] == last]
    alike = difflib.get_close_matches(name, known, n=3, cutoff=ALIKE)
    alike += [
        found
        for found in known
        if difflib.SequenceMatcher(None, last.lower(), found.rpartition(".")[2].lower()).ratio()
        > ALIKE
    ]
    return ", ".join(list(dict.fromkeys((*same, *alike)))[:3]) or "—"


def _layer(file: ComposedFile, line: int) -> Layer:
    return next(span.layer for span in file.spans if span.first <= line <= span.last)


def _walk(body: list[ast.stmt], prefix: str, lines: list[str]) -> Iterator[tuple[str, Definition]]:
    for position, node in enumerate(body):
        for name in _names(node):
            yield f"{prefix}{name}", _range(body, position, lines)
        if isinstance(node, ast.ClassDef):
            yield from _walk(node.body, f"{prefix}{node.name}.", lines)
        elif isinstance(node, ast.If | ast.Try | ast.With):
            yield from _walk(_nested(node), prefix, lines)


def _nested(node: ast.If | ast.Try | ast.With) -> list[ast.stmt]:
    handlers = [line for handler in getattr(node, "handlers", []) for line in handler.body]
    return [*node.body, *handlers, *getattr(node, "orelse", []), *getattr(node, "finalbody", [])]


def _names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            names = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
            yield from (name.id for name in names if isinstance(name, ast.Name))


def _range(body: list[ast.stmt], position: int, lines: list[str]) -> Definition:
    node = body[position]
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    while (
        first > 1
        and lines[first - 2].lstrip().startswith("#")
        and _same_indent(lines[first - 2], lines[first - 1])
    ):
        first -= 1
    last = node.end_lineno or node.lineno
    after = body[position + 1] if position + 1 < len(body) else None
    if isinstance(node, ast.Assign | ast.AnnAssign) and _is_docstring(after):
        last = (after and after.end_lineno) or last
    return Definition(first, last)


def _same_indent(above: str, below: str) -> bool:
    return len(above) - len(above.lstrip()) == len(below) - len(below.lstrip())


def _is_docstring(node: ast.stmt | None) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
