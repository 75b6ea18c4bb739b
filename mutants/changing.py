"""From a module to copies of it that differ in one place each."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

from mutants.skipping import Skipping, is_untested

CHANGED_ARGUMENT = "operator_arg_removal"


@dataclass(frozen=True)
class Mutant:
    """A module with one change."""

    path: str
    line: int
    operator: str
    before: str
    """The lines that differ, without their indentation."""
    after: str
    source: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is, wherever the line has moved to."""
        return self.path, self.before, self.after


@dataclass(frozen=True)
class Variant:
    """One way to change a node."""

    operator: str
    node: cst.CSTNode


@dataclass(frozen=True, eq=False)
class Place:
    """A node of a module that can be changed, in one way or in several."""

    module: Module
    node: cst.CSTNode
    line: int
    last_line: int
    column: int
    nth: int
    """Which of the equal lines of the module it is, from 0."""
    variants: tuple[Variant, ...]

    def rank(self, seed: int) -> str:
        """Give its place in the sample of a seed; edits elsewhere do not change it."""
        text = self.module.lines[self.line - 1].strip()
        kind = type(self.node).__name__
        return _hash(seed, self.module.path, text, self.nth, self.column, kind)

    def mutants(self, seed: int) -> Iterator[Mutant]:
        """Make its mutants, in an order that the seed decides."""
        made = (self.module.mutant(self.node, variant) for variant in self.variants)
        known = [one for one in made if one is not None]
        yield from sorted(known, key=lambda one: _hash(seed, one.operator, one.before, one.after))


def _hash(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


class Module:
    """A module, and where it can be changed.

    Args:
        path: of the module in the app.
        source: its text.
        lines: numbers of the lines that may be changed; None for all.

    """

    def __init__(self, path: str, source: str, lines: Collection[int] | None = None) -> None:
        self.path = path
        self.source = source
        self.lines = source.splitlines()
        self.own = range(1, len(self.lines) + 1) if lines is None else lines

    @cached_property
    def tree(self) -> cst.Module:
        """Parse it, once that is needed: the steps have hundreds of modules."""
        return cst.parse_module(self.source)

    @cached_property
    def places(self) -> list[Place]:
        """List where it can be changed, in the order of the text."""
        found = _Places(self)
        MetadataWrapper(self.tree, unsafe_skip_copy=True).visit(found)
        return found.places

    def mutant(self, node: cst.CSTNode, variant: Variant) -> Mutant | None:
        """Change a node; None if that is no Python, or lies in a line that may not be changed."""
        changed = self.tree.deep_replace(node, variant.node)
        if not isinstance(changed, cst.Module) or not _compiles(changed.code):
            return None
        line, before, after = _difference(self.lines, changed.code.splitlines())
        if line not in self.own:
            return None
        operator = variant.operator.removeprefix("operator_")
        return Mutant(self.path, line, operator, before, after, changed.code)


def _compiles(source: str) -> bool:
    with warnings.catch_warnings(action="ignore", category=SyntaxWarning):  # such as None[0]
        try:
            compile(source, "mutant", "exec", dont_inherit=True)
        except SyntaxError:
            return False
    return True


def _difference(before: list[str], after: list[str]) -> tuple[int, str, str]:
    """Return the first line that differs, and what differs from there on."""
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    texts = (lines[start : len(lines) - end] for lines in (before, after))
    old, new = ("\n".join(line.strip() for line in part) for part in texts)
    return start + 1, old, new


class _Places(Skipping):
    """Collects the places of a module."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, module: Module) -> None:
        super().__init__()
        self.module = module
        self.places: list[Place] = []

    def look_at(self, node: cst.CSTNode) -> None:
        """Remember a node that some operator changes."""
        where = self.get_metadata(PositionProvider, node, None)
        if where is None:
            return
        line, last = where.start.line, where.end.line
        if not any(number in self.module.own for number in range(line, last + 1)):
            return
        variants = tuple(_variants(node))
        if variants:
            text = self.module.lines[line - 1]
            nth = self.module.lines[: line - 1].count(text)
            place = Place(self.module, node, line, last, where.start.column, nth, variants)
            self.places.append(place)


def _variants(node: cst.CSTNode) -> Iterator[Variant]:
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            changed: Iterable[cst.CSTNode] = operator(node)
            if operator.__name__ == CHANGED_ARGUMENT and isinstance(node, cst.Call):
                changed = (one for one in changed if not _changes_untested(node, one))
            yield from (Variant(operator.__name__, one) for one in changed)
    if isinstance(node, (cst.If, cst.While)) and not _has_operator(node.test):
        yield Variant("operator_negated", node.with_changes(test=_negated(node.test)))


def _changes_untested(call: cst.Call, changed: cst.CSTNode) -> bool:
    """Whether the argument that is replaced or left out is none that a test should hold."""
    assert isinstance(changed, cst.Call)  # noqa: S101 - the operator makes calls of calls
    left = {id(argument) for argument in changed.args}
    return any(is_untested(one) for one in call.args if id(one) not in left)


def _has_operator(test: cst.BaseExpression) -> bool:
    """Whether mutmut's operators change this condition: they leave a bare name or call alone."""
    return isinstance(test, (cst.Comparison, cst.BooleanOperation, cst.UnaryOperation))


def _negated(test: cst.BaseExpression) -> cst.UnaryOperation:
    inner = test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return cst.UnaryOperation(cst.Not(), inner)
