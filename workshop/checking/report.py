"""What a run of pytest told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WHOLE = 2
"""The plugin's number for the part of a run in which every test is meant."""


@dataclass(frozen=True)
class Frame:
    """A line of the app or its tests that was being run."""

    path: str
    line: int
    function: str = ""
    code: str = ""

    @property
    def in_tests(self) -> bool:
        """Whether it is the course's, not the learner's."""
        return self.path.startswith("tests/")


@dataclass(frozen=True)
class Refusal:
    """An answer with which the app has refused."""

    status: int
    code: str
    """What a program branches on; empty where the answer is no problem as in RFC 9457."""
    detail: str

    def __str__(self) -> str:
        """Give what a program would look at."""
        return f"{self.status} {self.code}".rstrip()


@dataclass(frozen=True)
class Failure:
    """An exception, as the plugin described it."""

    type: str
    message: str
    parents: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()
    syntax: dict[str, Any] = field(default_factory=dict)
    imported: dict[str, Any] = field(default_factory=dict)
    promise: str = ""
    """The test's own sentence on what it checks."""
    causes: tuple[Failure, ...] = ()
    logged: tuple[Failure, ...] = ()
    """What the app logged as an error meanwhile, first things first."""
    refusal: Refusal | None = None
    """The last answer that the test has got, if it refused."""

    @property
    def name(self) -> str:
        """The exception's name without its module."""
        return self.type.rpartition(".")[2]

    @property
    def all(self) -> tuple[Failure, ...]:
        """This one, and what caused it."""
        return (self, *self.causes)


@dataclass(frozen=True)
class Hang:
    """A test that did not end in its time."""

    test: str
    """Its node id; empty when an import did not end."""
    seconds: float
    frames: tuple[Frame, ...]
    """Where it was, innermost first."""


@dataclass
class Report:
    """A run."""

    outcomes: dict[str, str] = field(default_factory=dict)
    """Node id -> ``passed``, ``failed`` or ``skipped``; a test that did not run has none."""
    failures: dict[str, Failure] = field(default_factory=dict)
    collected: list[str] = field(default_factory=list)
    collect_errors: dict[str, Failure] = field(default_factory=dict)
    """Test module (empty: the fixtures of all) -> why it could not be imported."""
    hang: Hang | None = None
    finished: bool = False
    whole: bool = False
    """Whether it went on from the tests that come first to all others."""
    seconds: float = 0.0
    log: Path = Path()

    @property
    def passed(self) -> set[str]:
        """The tests that hold."""
        return {test for test, outcome in self.outcomes.items() if outcome != "failed"}

    @property
    def failed(self) -> set[str]:
        """The tests that do not."""
        return {test for test, outcome in self.outcomes.items() if outcome == "failed"}


def read_report(path: Path, limit: float) -> Report:
    """Read what the plugin wrote, however far it came."""
    report = Report()
    running = ""
    for line in _lines(path):
        test = line.get("test", "")
        match line["event"]:
            case "collected":
                report.collected += line["tests"]
                report.whole = line["phase"] == WHOLE
            case "collect-error":
                report.collect_errors[test] = _failure(line["failure"])
            case "begin":
                running = test
            case "end":
                running = ""
                report.outcomes[test] = line["outcome"]
                if line["failure"]:
                    report.failures[test] = _failure(line["failure"])
            case "finish":
                report.finished = True
    stacks = path.with_suffix(".stacks")
    if not report.finished and stacks.is_file() and (written := stacks.read_text("utf-8").strip()):
        report.hang = Hang(running, limit, tuple(_stack(written, path)))
    return report


def count_tests(path: Path) -> tuple[int, int]:
    """Tell how many tests have ended, and how many are known, while a run still writes."""
    lines = list(_lines(path))
    known = sum(len(line["tests"]) for line in lines if line["event"] == "collected")
    return sum(line["event"] == "end" for line in lines), known


ESCAPED = re.compile(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|x([0-9a-f]{2}))")
"""How the dump of stacks writes letters beyond ASCII."""
STACK_LINE = re.compile(r'File "(?P<path>.+)", line (?P<line>\d+) in (?P<function>.+)')


def _stack(written: str, report: Path) -> Iterator[Frame]:
    folder = report.with_suffix(".folder").read_text("utf-8")
    # The main thread is the last one in the dump.
    for line in written.rpartition("(most recent call first):")[2].splitlines():
        found = STACK_LINE.search(ESCAPED.sub(_letter, line))
        if found and found["path"].startswith(folder):
            shown = Path(found["path"]).relative_to(folder).as_posix()
            yield Frame(shown, int(found["line"]), found["function"])


def _letter(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1] or escaped[2] or escaped[3], 16))


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    if not path.is_file():
        return
    for line in path.read_text("utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:  # the process ended in the middle of the line
            return


def _failure(written: dict[str, Any]) -> Failure:
    return Failure(
        type=written["type"],
        message=written["message"],
        parents=tuple(written["parents"]),
        frames=tuple(Frame(**frame) for frame in written["frames"]),
        syntax=written.get("syntax", {}),
        imported=written.get("import", {}),
        promise=" ".join(written.get("promise", "").split()),
        causes=tuple(_failure(cause) for cause in written.get("causes", ())),
        logged=tuple(_failure(error) for error in written.get("logged", ())),
        refusal=Refusal(**written["refusal"]) if written.get("refusal") else None,
    )
