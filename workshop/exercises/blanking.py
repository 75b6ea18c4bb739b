"""Taking the answers out of a file: signatures, decorators and docstrings stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import libcst as cst

from workshop.errors import WorkshopError

EMPTY: dict[type[cst.BaseExpression], str] = {
    cst.Tuple: "()",
    cst.List: "[]",
    cst.Dict: "{}",
    cst.Set: "set()",
    cst.SimpleString: '""',
    cst.ConcatenatedString: '""',
    cst.FormattedString: '""',
    cst.Integer: "0",
    cst.Float: "0.0",
}
"""What an assigned value becomes: an empty one of its kind, else ``None``."""


def blank(source: str, names: Mapping[str, str], path: str) -> str:
    """Blank definitions.

    The body of a function becomes its docstring and ``raise NotImplementedError("exercise 05.2")``;
    a generator stays one. Of a class, each method does. The value of an assignment becomes an
    empty one, with the marker in a comment.

    Args:
        source: a module.
        names: qualified name -> id of the task.
        path: the module's path, for messages.

    Raises:
        WorkshopError: no such definition, or nothing in it can be blanked.

    """
    try:
        module = cst.parse_module(source)
    except cst.ParserSyntaxError as error:
        raise WorkshopError(
            "target-syntax", path=path, line=str(error.raw_line), reason=error.message
        ) from error
    blanking = _Blanking(names)
    blanked = module.visit(blanking)
    for name in names:
        if name not in blanking.seen:
            raise WorkshopError("exercise-nothing-to-blank", path=path, name=name)
    return blanked.code


class _Blanking(cst.CSTTransformer):
    """Walks a module and blanks what it is told to."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self.names = names
        self.seen: set[str] = set()
        self._scope: list[str] = []

    def _task(self, name: str) -> str | None:
        """Return the task that blanks this definition, or the class around it, if any does."""
        qualified = ".".join((*self._scope, name))
        for target, task in self.names.items():
            if qualified == target or qualified.startswith(f"{target}."):
                self.seen.add(target)
                return task
        return None

    def visit_ClassDef(self, node: cst.ClassDef) -> None:  # noqa: N802 - libcst's name
        self._scope.append(node.name.value)

    def leave_ClassDef(  # noqa: N802 - the same
        self,
        original_node: cst.ClassDef,  # noqa: ARG002 - libcst's signature
        updated_node: cst.ClassDef,
    ) -> cst.ClassDef:
        self._scope.pop()
        return updated_node

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:  # noqa: N802 - the same
        # A function's own definitions have no name that a target could give.
        self._scope.append(f"{node.name.value}.<locals>")

    def leave_FunctionDef(  # noqa: N802 - the same
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        self._scope.pop()
        inside = any("<locals>" in part for part in self._scope)
        task = None if inside else self._task(original_node.name.value)
        return updated_node if task is None else _blank_function(original_node, task)

    def leave_SimpleStatementLine(  # noqa: N802 - the same
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.SimpleStatementLine:
        if any("<locals>" in part for part in self._scope) or len(original_node.body) != 1:
            return updated_node
        (statement,) = original_node.body
        if not isinstance(statement, cst.Assign | cst.AnnAssign) or statement.value is None:
            return updated_node
        for name in _assigned(statement):
            qualified = ".".join((*self._scope, name))
            if qualified in self.names:
                self.seen.add(qualified)
                return _blank_assignment(updated_node, statement, self.names[qualified])
        return updated_node


def _assigned(statement: cst.Assign | cst.AnnAssign) -> list[str]:
    if isinstance(statement, cst.AnnAssign):
        return _names([statement.target])
    return _names(target.target for target in statement.targets)


def _names(targets: Iterable[cst.CSTNode]) -> list[str]:
    return [target.value for target in targets if isinstance(target, cst.Name)]


def _blank_assignment(
    line: cst.SimpleStatementLine, statement: cst.Assign | cst.AnnAssign, task: str
) -> cst.SimpleStatementLine:
    empty = next(
        (text for kind, text in EMPTY.items() if isinstance(statement.value, kind)), "None"
    )
    value = cst.parse_expression(empty)
    comment = cst.TrailingWhitespace(cst.SimpleWhitespace("  "), cst.Comment(f"# exercise {task}"))
    return line.with_changes(
        body=[statement.with_changes(value=value)], trailing_whitespace=comment
    )


def _blank_function(node: cst.FunctionDef, task: str) -> cst.FunctionDef:
    lines: list[cst.BaseStatement] = []
    if isinstance(node.body, cst.IndentedBlock):
        lines += _docstring(node.body.body)
    lines.append(cst.parse_statement(f'raise NotImplementedError("exercise {task}")'))
    if _yields(node):
        lines.append(cst.parse_statement("yield  # it stays a generator"))
    if isinstance(node.body, cst.IndentedBlock):
        return node.with_changes(body=node.body.with_changes(body=lines, footer=[]))
    return node.with_changes(body=cst.IndentedBlock(body=lines))


def _docstring(body: Sequence[cst.BaseStatement]) -> list[cst.BaseStatement]:
    first = body[0] if body else None
    if isinstance(first, cst.SimpleStatementLine) and len(first.body) == 1:
        (statement,) = first.body
        if isinstance(statement, cst.Expr) and isinstance(
            statement.value, cst.SimpleString | cst.ConcatenatedString
        ):
            return [first]
    return []


def _yields(node: cst.FunctionDef) -> bool:
    finder = _YieldFinder(node)
    node.body.visit(finder)
    return finder.found


class _YieldFinder(cst.CSTVisitor):
    """Looks for a ``yield`` that belongs to the function itself."""

    def __init__(self, node: cst.FunctionDef) -> None:
        super().__init__()
        self.found = False
        self._node = node

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:  # noqa: N802 - libcst's name
        return node is self._node

    def visit_Lambda(self, node: cst.Lambda) -> bool:  # noqa: ARG002, N802 - the same
        return False

    def visit_Yield(self, node: cst.Yield) -> None:  # noqa: ARG002, N802 - the same
        self.found = True
