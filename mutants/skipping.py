"""What of a module is left as it is, because nothing depends on it but a reader."""

from __future__ import annotations

import re

import libcst as cst
import libcst.matchers as m

PROSE = re.compile(r"[^\W\d_]+[,.:;]? [^\W\d_]+")
"""Two words side by side: a text for people."""
TEXTS = frozenset({"description", "detail", "examples", "format", "help", "summary", "title"})
"""Arguments that are texts for people."""
TYPED = frozenset({"frozen"})
"""Arguments that the type checker holds: nobody may assign."""
LOGGED = frozenset({"critical", "debug", "error", "exception", "info", "log", "warning"})

NAMED_TYPE = m.Call(m.Name("TypeVar") | m.Name("ParamSpec") | m.Name("NewType"))
CAST = m.Call(m.Name("cast"))
LOGGER = m.Name("logger") | m.Attribute(attr=m.Name("logger") | m.Name("_logger"))
LOG_CALL = m.Call(m.Attribute(LOGGER, m.Name(m.MatchIfTrue(LOGGED.__contains__))))
TYPE_MADE = m.Assign(value=NAMED_TYPE)
LOGGER_MADE = m.Assign([m.AssignTarget(m.Name("logger"))])
EXPORTS = m.Assign([m.AssignTarget(m.Name("__all__"))])
TYPING = m.Name("TYPE_CHECKING") | m.Attribute(attr=m.Name("TYPE_CHECKING"))
TYPE = m.Name("None") | m.Name(m.MatchRegex("[A-Z].*|bool|bytes|dict|float|int|list|set|str|tuple"))
UNION = m.BinaryOperation(
    operator=m.BitOr(),
    left=TYPE | m.Attribute(attr=TYPE) | m.Subscript(TYPE) | m.BinaryOperation(),
    right=TYPE | m.Attribute(attr=TYPE) | m.Subscript(TYPE),
)
"""``A | None``; the union of two sets has names in lower case."""


def is_untested(argument: cst.Arg) -> bool:
    """Tell whether an argument is a text for people, or for the type checker."""
    if argument.keyword is not None and argument.keyword.value in TEXTS | TYPED:
        return True
    return is_prose(argument.value)


def is_prose(value: cst.BaseExpression) -> bool:
    """Tell whether a value is a string, or several in a row, with words side by side."""
    if isinstance(value, cst.ConcatenatedString):
        return is_prose(value.left) or is_prose(value.right)
    if isinstance(value, cst.SimpleString):
        return PROSE.search(value.raw_value) is not None
    if isinstance(value, cst.FormattedString):
        texts = (one.value for one in value.parts if isinstance(one, cst.FormattedStringText))
        return any(PROSE.search(text) for text in texts)
    return False


class Skipping(cst.CSTVisitor):
    """Walks through a module, past what is not to be changed."""

    def __init__(self) -> None:
        super().__init__()
        self._types: list[bool] = [False]
        """Whether what is being visited says only of which type something is."""
        self._cast_to: set[cst.CSTNode] = set()

    def look_at(self, node: cst.CSTNode) -> None:
        """Meet a node that may be changed."""

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Go on, or not."""
        if isinstance(node, cst.Annotation):
            self._types.append(True)
        elif isinstance(node, cst.Call):
            self._types.append(False)  # `Annotated[int, Query(ge=1)]`
            if m.matches(node, CAST):
                self._cast_to.add(node.args[0])
        if self._types[-1]:
            return True
        if node in self._cast_to or _is_left_alone(node):
            return False
        if not m.matches(node, UNION | LOG_CALL | CAST):
            self.look_at(node)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        """Take back what the node meant for its parts."""
        if isinstance(original_node, (cst.Annotation, cst.Call)):
            self._types.pop()


def _is_left_alone(node: cst.CSTNode) -> bool:
    """Whether neither a node nor its parts are changed."""
    if isinstance(node, cst.If):
        return m.matches(node.test, TYPING)
    if isinstance(node, cst.Arg):
        return is_untested(node)
    if isinstance(node, cst.BaseString):
        return is_prose(node)
    return m.matches(node, NAMED_TYPE | TYPE_MADE | LOGGER_MADE | EXPORTS)
