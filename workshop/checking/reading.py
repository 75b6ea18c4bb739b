"""Files that Python cannot read: found at once, without starting pytest."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Mapping
from typing import Any

from workshop.checking.overlay import TESTS
from workshop.checking.report import Failure
from workshop.layers import LayerFile


def find_unreadable(
    mine: Mapping[str, LayerFile], course: Mapping[str, LayerFile]
) -> dict[str, Failure]:
    """Parse the modules that the learner changed; those of the course are known to be right.

    Modules outside the course's own top folders are nobody's business.

    Returns:
        Path -> the error, as the tests would have met it.

    """
    tops = {path.split("/", 1)[0] for path in course if "/" in path}
    found = {}
    for path, file in mine.items():
        known = course.get(path)
        ours = path.split("/", 1)[0] in tops and not path.startswith(TESTS)
        if path.endswith(".py") and ours and (known is None or known.content != file.content):
            failure = _parse(path, file.content)
            if failure is not None:
                found[path] = failure
    return found


def _parse(path: str, content: bytes) -> Failure | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(content)
    except SyntaxError as error:
        text = (error.text or _line(content, error.lineno or 1)).rstrip("\n")
        syntax: dict[str, Any] = {"path": path, "line": error.lineno or 1, "text": text}
        return _failure(str(error), {**syntax, "reason": error.msg})
    except ValueError as error:  # a NUL byte, or no UTF-8
        return _failure(str(error), {"path": path, "line": 1, "text": "", "reason": str(error)})
    return None


def _line(content: bytes, number: int) -> str:
    lines = content.decode("utf-8", "replace").splitlines()
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _failure(message: str, syntax: dict[str, Any]) -> Failure:
    parents = ("SyntaxError", "Exception")
    return Failure("builtins.SyntaxError", message, parents, syntax=syntax)
