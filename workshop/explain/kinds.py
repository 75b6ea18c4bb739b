"""The kinds of failures that have an explanation of their own, in the order they are looked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from workshop.checking.report import Failure, Refusal
from workshop.layers.names import printable
from workshop.messages import Value

Values = dict[str, Value]
CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")


@dataclass(frozen=True)
class Kind:
    """A recognised failure; ``explain-<name>`` and ``explain-<name>-mend`` are its messages."""

    name: str
    values: Values = field(default_factory=dict)
    of: Failure | None = None
    """The exception that gave it away, when it is not the outermost."""
    path: str = ""
    """Where it is, when that is known better than from the traceback."""
    line: int = 0


def recognise(failure: Failure) -> Kind:
    """Find the kind of a failure; there is always one."""
    if failure.logged and _sees_500(failure):
        return _raised_inside(failure.logged[-1])
    for recogniser in RECOGNISERS:
        for one in failure.all:
            kind = recogniser(one)
            if kind is not None:
                return kind
    return _raised(failure)


SEES_500 = re.compile(r"\b500\b|internal_error")
INTERNAL_ERROR = 500
NO_SUCH_ANSWER = frozenset({"KeyError", "JSONDecodeError"})
"""What a test raises when it reads an answer that is another one."""
NOT_LIKE_THAT = re.compile(r"indices must be|is not subscriptable|index out of range")
"""The same, of an answer that has another shape."""


def _sees_500(failure: Failure) -> bool:
    """Whether a test looks at an answer of 500: what was raised is only in the log."""
    if not _in_tests(failure):
        return False
    answered_500 = failure.refusal is not None and failure.refusal.status == INTERNAL_ERROR
    if answered_500 and _reads_an_answer(failure):
        return True
    return failure.name in NO_SUCH_ANSWER or SEES_500.search(failure.message) is not None


def _reads_an_answer(failure: Failure) -> bool:
    """Whether a test looked into an answer for what is not in it."""
    if not failure.frames or not _in_tests(failure):
        return False
    return failure.name in NO_SUCH_ANSWER or NOT_LIKE_THAT.search(failure.message) is not None


def _in_tests(failure: Failure) -> bool:
    return all(frame.in_tests for frame in failure.frames)


def _raised_inside(failure: Failure) -> Kind:
    kind = recognise(failure)
    return replace(kind, name="server-raised") if kind.name == "raised" else kind


def _syntax(failure: Failure) -> Kind | None:
    found = failure.syntax
    if not found:
        return None
    place = {"of": failure, "path": str(found["path"]), "line": int(found["line"])}
    if str(found["text"]).startswith(CONFLICT):
        return Kind("conflict", {}, **place)  # type: ignore[arg-type]  # the keys are its own
    text = str(found["text"]).strip()
    return Kind("syntax", {"reason": str(found["reason"]), "code": text}, **place)  # type: ignore[arg-type]  # the same


CANNOT_IMPORT = re.compile(r"cannot import name '(?P<name>[^']+)' from (?P<part>partially )?")


def _import(failure: Failure) -> Kind | None:
    if "ImportError" not in failure.parents:
        return None
    module = str(failure.imported.get("name", ""))
    if "ModuleNotFoundError" in failure.parents:
        if module.partition(".")[0] in {"app", "tests", "migrations"}:
            file = module.replace(".", "/") + ".py"
            return Kind("module-missing", {"module": module, "file": file}, failure)
        return Kind("package-missing", {"module": module.partition(".")[0]}, failure)
    found = CANNOT_IMPORT.search(failure.message)
    if found is None:
        return None
    values: Values = {"name": found["name"], "module": module}
    path = str(failure.imported.get("path", ""))
    if found["part"]:
        return Kind("circular", values, failure)
    return Kind("name-missing", {**values, "file": path or module}, failure)


def _not_written(failure: Failure) -> Kind | None:
    if failure.name == "NotImplementedError" and "exercise " in failure.message:
        frame = failure.frames[-1] if failure.frames else None
        return Kind("not-written", {"name": frame.function if frame else "—"}, failure)
    return None


ELLIPSIS = "..."
AWAIT = re.compile(
    r"coroutine '(?P<named>[\w.<>]+)' was never awaited"
    r"|<coroutine object (?P<shown>[\w.<>]+) at"
    r"|'(?:coroutine|async_generator)' object"
    r"|object (?P<kind>\w+) can't be used in 'await' expression"
)


def _await(failure: Failure) -> Kind | None:
    found = AWAIT.search(failure.message)
    if found is None:
        return None
    if found["kind"]:
        return Kind("await-too-much", {"kind": found["kind"]}, failure)
    name = (found["named"] or found["shown"] or "").replace("<locals>.", "")
    if ELLIPSIS in name:
        name = ""  # pydantic cuts what it shows in the middle
    return Kind("await", {"name": name.rpartition(".")[2] or "nobody"}, failure)


SIGNATURE = re.compile(
    r"(?P<name>[\w.<>]+)\(\) (?:got an unexpected keyword argument|missing \d+ required|takes \d+ "
    r"|takes from \d+|got multiple values|got some positional)"
)


def _signature(failure: Failure) -> Kind | None:
    found = SIGNATURE.search(failure.message) if failure.name == "TypeError" else None
    if found is None:
        return None
    name = found["name"].replace("<locals>.", "")
    return Kind("signature", {"name": name, "reason": failure.message.splitlines()[0]}, failure)


TABLE = re.compile(r'relation "(?P<table>[^"]+)" does not exist')
COLUMN = re.compile(r'column "?(?P<column>[\w.]+)"?(?: of relation "?\w+"?)? does not exist')


def _table(failure: Failure) -> Kind | None:
    if found := COLUMN.search(failure.message):
        return Kind("column-missing", {"column": found["column"]}, failure)
    if found := TABLE.search(failure.message):
        return Kind("table-missing", {"table": found["table"]}, failure)
    return None


def _migration(failure: Failure) -> Kind | None:
    if failure.name == "AutogenerateDiffsDetected":
        operations = failure.message.partition("detected: ")[2] or failure.message
        return Kind("drift", {"difference": _first(operations, 300)}, failure)
    if "Multiple head revisions" in failure.message:
        return Kind("two-heads", {}, failure)
    return None


REGISTRIES = frozenset(
    {
        "NoFactoryError",
        "GraphMissingFactoryError",
        "RegistryError",
        "HandlerNotFoundError",
        "UnknownHandlerError",
    }
)
UNREGISTERED_MODEL = re.compile(r"expression '(?P<name>\w+)' failed to locate a name")


def _registration(failure: Failure) -> Kind | None:
    if found := UNREGISTERED_MODEL.search(failure.message):
        return Kind("model-missing", {"name": found["name"]}, failure)
    if REGISTRIES & set(failure.parents):
        return Kind("registration", {"reason": _first(failure.message, 400)}, failure)
    return None


UNKNOWN_ROUTE = frozenset({"404", "404 not_found"})
"""What the framework answers; an app that does not find something says what."""


def _refused(failure: Failure) -> Kind | None:
    """Recognise that the app has refused where the test did not wait for that."""
    refusal = failure.refusal
    if refusal is None or refusal.status == INTERNAL_ERROR or str(refusal) in UNKNOWN_ROUTE:
        return None  # there is more to say about the last two
    if not _in_tests(failure) or not _is_about(refusal, failure):
        return None
    by_assertion = failure.name == "AssertionError"
    seen = _assertion(failure) if by_assertion else f"{failure.name}: {failure.message}"
    said = "\n".join(filter(None, (printable(_cut(refusal.detail)), seen)))
    values: Values = {"answer": str(refusal), "said": said, "code": refusal.code or "none"}
    return Kind("refused", values, failure)


COMPARED = re.compile(r" (?:[=!<>]=|<|>|is|in|not in) ")
"""Between what a test got and what it waited for."""


def _is_about(refusal: Refusal, failure: Failure) -> bool:
    """Whether it is this answer that a test stumbles on."""
    if _reads_an_answer(failure):
        return True
    got = COMPARED.split(failure.message.partition("\n")[0], maxsplit=1)[0]
    return failure.name == "AssertionError" and str(refusal.status) in re.findall(r"\w+", got)


ANSWERS = {"404": "route-missing", "500": "server-error"}
ANSWER = re.compile(r"^assert (?:\(?(?P<got>404|500)\b)")


def _answer(failure: Failure) -> Kind | None:
    found = ANSWER.search(failure.message) if failure.name == "AssertionError" else None
    if found is not None:
        return Kind(ANSWERS[found["got"]], {"assertion": _assertion(failure)}, failure)
    refusal = failure.refusal
    if refusal is not None and _reads_an_answer(failure) and str(refusal.status) in ANSWERS:
        return Kind(ANSWERS[str(refusal.status)], {"assertion": str(refusal)}, failure)
    return None


UNDEFINED = re.compile(r"name '(?P<name>\w+)' is not defined")


def _name(failure: Failure) -> Kind | None:
    found = UNDEFINED.search(failure.message) if "NameError" in failure.parents else None
    return Kind("name-undefined", {"name": found["name"]}, failure) if found else None


def _no_field(failure: Failure) -> Kind | None:
    if failure.name == "KeyError" and failure.frames and _in_tests(failure):
        return Kind("no-field", {"key": _first(failure.message, 100)}, failure)
    return None


def _not_raised(failure: Failure) -> Kind | None:
    if failure.name == "Failed" and "DID NOT RAISE" in failure.message:
        expected = failure.message.partition("DID NOT RAISE")[2].strip()
        return Kind("not-raised", {"expected": _class_name(expected)}, failure)
    return None


def _wrong_value(failure: Failure) -> Kind | None:
    if "AssertionError" not in failure.parents:
        return None
    return Kind("assertion", {"assertion": _assertion(failure)}, failure)


NO_ANSWER = re.compile(
    r"Connect call failed|Connection refused|ConnectionRefused|Error \d+ connecting to"
    r"|the database system is (?:starting up|shutting down)",
    re.IGNORECASE,
)


def is_no_answer(failure: Failure) -> bool:
    """Whether a service may be down; tests that play with dead addresses look the same."""
    return any(NO_ANSWER.search(f"{one.name} {one.message}") for one in failure.all)


RECOGNISERS: tuple[Callable[[Failure], Kind | None], ...] = (
    _syntax,
    _import,
    _not_written,
    _await,
    _table,
    _migration,
    _registration,
    _signature,
    _name,
    _refused,
    _answer,
    _no_field,
    _not_raised,
    _wrong_value,
)


def _raised(failure: Failure) -> Kind:
    return Kind("raised", {"error": failure.name, "reason": _first(failure.message, 400)}, failure)


MOST_LINES = 8
FUNCTION = re.compile(r"<(?:built-in )?function ([\w.<>]+)(?: at 0x[0-9a-f]+)?>")
NOISE = re.compile(r"\s*\+\s+where (\S+) = (\w+\.)*\1$|\s*Use -v to get")
"""What pytest adds about names that say the same, and about an option that nobody here gives."""


def _assertion(failure: Failure) -> str:
    """Show what pytest found out about the two sides, and not all of a long difference."""
    written = FUNCTION.sub(r"\1", failure.message).splitlines()
    lines = [line.rstrip() for line in written if line.strip() and not NOISE.match(line)]
    shown = lines[:MOST_LINES] + (["…"] if len(lines) > MOST_LINES else [])
    return printable("\n".join(_cut(line) for line in shown)) or "assert"


LONGEST_LINE = 160


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def _first(message: str, most: int) -> str:
    lines = list(_telling(message))
    shown = "\n".join(lines[:MOST_LINES])
    return printable(shown if len(shown) <= most else f"{shown[: most - 1]}…") or "—"


def _telling(message: str) -> Iterator[str]:
    for line in message.splitlines():
        if line.strip() and not line.startswith(("(Background on this error", "[SQL:")):
            yield _cut(line.rstrip())


def _class_name(shown: str) -> str:
    found = re.search(r"'([\w.]+)'", shown)
    return (found[1] if found else shown).rpartition(".")[2]
