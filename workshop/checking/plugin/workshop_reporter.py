"""A pytest plugin that reports each test as a line of JSON, as soon as it is known.

It runs inside the learner's app, with nothing of the workshop importable, and stands alone. It is
told by environment variables where to report (``WORKSHOP_REPORT``), which tests come first
(``WORKSHOP_FIRST``, node ids as JSON; they are all that is imported unless they pass), whether the
others follow (``WORKSHOP_REST``), and how many seconds one test may take (``WORKSHOP_LIMIT``).
"""

# ruff: noqa: INP001 - pytest imports it by itself, from its own folder

from __future__ import annotations

import faulthandler
import json
import linecache
import logging
import os
import re
import sys
import sysconfig
import traceback
from collections.abc import Generator, Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import pytest
from workshop_answers import Answers  # type: ignore[import-not-found]  # found by pytest alone
from workshop_conditions import condition  # type: ignore[import-not-found]  # the same

REPORT = Path(os.environ["WORKSHOP_REPORT"])
FIRST: list[str] = json.loads(os.environ.get("WORKSHOP_FIRST", "[]"))
REST = os.environ.get("WORKSHOP_REST") == "1"
LIMIT = float(os.environ.get("WORKSHOP_LIMIT", "20"))
HERE = Path.cwd()
LONGEST_MESSAGE = 4000
MOST_CAUSES = 8
MOST_LOGGED = 3


def covers(declared: str, test: str) -> bool:
    """Whether a declared node id means this test; as in ``workshop.exercises.exercise``."""
    if "*" in declared:
        return re.fullmatch(".*".join(map(re.escape, declared.split("*"))), test) is not None
    return test == declared or test.startswith((f"{declared}::", f"{declared}[", f"{declared}/"))


class Logged(logging.Handler):
    """Keeps what the app logs as an error: a test sees a 500, the reason is only in the log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Describe the exception that is logged, or is being handled while something is."""
        error = (record.exc_info or sys.exc_info())[1]
        if error is not None and len(self.errors) < MOST_LOGGED:
            self.errors.append(describe(error))

    def listen(self) -> None:
        """Forget the last test; be there again if it has configured logging anew."""
        self.errors = []
        logging.getLogger().addHandler(self)


class Reporter:
    """Writes the report, and watches the time."""

    def __init__(self) -> None:
        self.file: IO[str] = REPORT.open("a", encoding="utf-8")
        self.stacks: IO[str] = REPORT.with_suffix(".stacks").open("w", encoding="utf-8")
        self.failures: dict[str, dict[str, Any]] = {}
        self.logged = Logged()
        self.answers = Answers()
        self.outcomes: dict[str, str] = {}
        self.failed = False
        self.phase = 1 if FIRST else 2

    def say(self, event: str, **values: object) -> None:
        """Write one line, at once: the process may not live to its end."""
        self.file.write(json.dumps({"event": event, **values}) + "\n")
        self.file.flush()

    def watch(self) -> None:
        """Give the next thing its time; after that all stacks are written and the process ends."""
        self.stacks.seek(0)
        self.stacks.truncate()
        faulthandler.dump_traceback_later(LIMIT, exit=True, file=self.stacks)

    @pytest.hookimpl(wrapper=True)
    def pytest_load_initial_conftests(self) -> Generator[None, None, None]:
        """Report an app that cannot even be imported by the fixtures."""
        self.watch()
        try:
            yield
        except BaseException as error:
            self.say("collect-error", test="", failure=describe(innermost(error)))
            raise

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self) -> Generator[None, Any, Any]:
        """Report a test module that cannot be imported."""
        report = yield
        if report.failed:
            self.failed = True
            error = report.call.excinfo.value
            self.say("collect-error", test=report.nodeid, failure=describe(innermost(error)))
        return report

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Keep what this phase is about."""
        chosen = [item for item in items if self._belongs(item.nodeid)]
        if self.phase == 1:
            order = {item.nodeid: position(item.nodeid) for item in chosen}
            chosen.sort(key=lambda item: order[item.nodeid])
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen
        self.say("collected", tests=[item.nodeid for item in items], phase=self.phase)

    def _belongs(self, test: str) -> bool:
        first = any(covers(declared, test) for declared in FIRST)
        return first if self.phase == 1 else not first

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, Any, Any]:
        """Run the others after the first ones, in this same process, if those have passed."""
        result = yield
        # Collection errors have ended the session before; so has a stop.
        if self.phase == 1 and REST and not self.failed:
            self.phase = 2
            self.watch()
            announce_conftests(session.config)
            session.perform_collect(["tests"])
            if not self.failed:
                for position_, item in enumerate(session.items):
                    after = session.items[position_ + 1 : position_ + 2]
                    item.config.hook.pytest_runtest_protocol(
                        item=item, nextitem=after[0] if after else None
                    )
        return result

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Say which test runs: it may never end."""
        self.watch()
        self.logged.listen()
        self.answers.listen()
        self.outcomes[nodeid] = "passed"
        self.say("begin", test=nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, Any, Any]:
        """Keep the first failure of a test, whichever part of it failed."""
        report = yield
        if report.failed and item.nodeid not in self.failures and call.excinfo is not None:
            failure = describe(call.excinfo.value)
            function = getattr(item, "function", None)
            failure["promise"] = ((function and function.__doc__) or "").strip()
            failure["when"] = call.when
            failure["logged"] = self.logged.errors
            failure["refusal"] = self.answers.refusal()
            show_condition(failure["frames"])
            self.failures[item.nodeid] = failure
        if report.failed:
            self.outcomes[item.nodeid] = "failed"
        elif report.skipped and self.outcomes[item.nodeid] == "passed":
            self.outcomes[item.nodeid] = "skipped"
        return report

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Say how it ended."""
        outcome = self.outcomes[nodeid]
        self.failed = self.failed or outcome == "failed"
        self.say("end", test=nodeid, outcome=outcome, failure=self.failures.get(nodeid))

    def pytest_sessionfinish(self) -> None:
        """Say that nothing is missing."""
        self.watch()
        REPORT.with_suffix(".modules").write_text("\n".join(libraries()), "utf-8")
        self.say("finish")

    @pytest.hookimpl(tryfirst=True)
    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """End the process: to take everything apart in order would take a tenth of the time."""
        config.get_terminal_writer().flush()
        os._exit(0)


def position(test: str) -> int:
    """Return the place of a test in the order of the tasks."""
    return next(number for number, declared in enumerate(FIRST) if covers(declared, test))


def innermost(error: BaseException) -> BaseException:
    """Return what was really raised: pytest wraps errors of imports."""
    for _ in range(MOST_CAUSES):
        wraps = type(error).__module__.startswith("_pytest") or "importing plugin" in str(error)
        cause = getattr(error, "cause", None) or error.__cause__
        if not wraps or not isinstance(cause, BaseException):
            return error
        error = cause
    return error


def describe(error: BaseException) -> dict[str, Any]:
    """Take an exception apart, with those that caused it and those inside a group."""
    described = [describe_one(one) for one in unfold(error)]
    return {**described[0], "causes": described[1:]}


def unfold(error: BaseException) -> list[BaseException]:
    """List an exception, its parts and its causes, each once."""
    found: list[BaseException] = []
    waiting = [error]
    while waiting and len(found) < MOST_CAUSES:
        one = waiting.pop(0)
        if any(one is other for other in found):
            continue
        found.append(one)
        parts: Iterable[BaseException] = getattr(one, "exceptions", ()) or ()
        context = None if one.__suppress_context__ else one.__context__
        waiting += [*parts, *filter(None, (one.__cause__, context))]
    return found


def describe_one(error: BaseException) -> dict[str, Any]:
    """Describe an exception by itself."""
    kind = type(error)
    described: dict[str, Any] = {
        "type": f"{kind.__module__}.{kind.__qualname__}",
        "parents": [parent.__name__ for parent in kind.__mro__],
        "message": str(error)[:LONGEST_MESSAGE],
        "frames": frames(error.__traceback__),
    }
    if isinstance(error, SyntaxError):
        described["syntax"] = {
            "path": relative(error.filename or ""),
            "line": error.lineno or 1,
            "text": (error.text or "").rstrip("\n"),
            "column": error.offset or 0,
            "reason": error.msg,
        }
    if isinstance(error, ImportError):
        described["import"] = {
            "name": error.name or "",
            "path": relative(error.path or ""),
            "wanted": getattr(error, "name_from", None) or "",
        }
    return described


def frames(trace: TracebackType | None) -> list[dict[str, Any]]:
    """List the frames that lie in the app and its tests, outermost first."""
    found = []
    for frame, line in traceback.walk_tb(trace):
        path = relative(frame.f_code.co_filename)
        if not Path(path).is_absolute() and not path.startswith("<"):
            code = linecache.getline(frame.f_code.co_filename, line).strip()
            found.append(
                {"path": path, "line": line, "function": frame.f_code.co_name, "code": code}
            )
    return found


def show_condition(found: list[dict[str, Any]]) -> None:
    """Give the innermost line of a test its whole statement, and the condition it leads to."""
    for frame in reversed(found):
        if frame["path"].startswith("tests/"):
            frame["code"] = condition(HERE / frame["path"], frame["line"]) or frame["code"]
            return


def announce_conftests(config: pytest.Config) -> None:
    """Tell pytest of the fixtures of each folder again, before it collects a second time.

    From pytest 9.1 on they belong to the nodes of the first collection, which nobody has any more.
    """
    fixtures = config.pluginmanager.get_plugin("funcmanage")
    for name, plugin in config.pluginmanager.list_name_plugin():
        if fixtures is not None and plugin is not None and Path(name).name == "conftest.py":
            fixtures.pytest_plugin_registered(plugin, name)


def libraries() -> list[str]:
    """Name the imported modules of installed packages, those of pytest aside, in their order."""
    installed = tuple({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    return [
        name
        for name, module in list(sys.modules.items())
        if (getattr(module, "__file__", None) or "").startswith(installed)
        and not name.startswith(("_pytest", "pytest_"))
    ]


def relative(path: str) -> str:
    """Show a path of the app from its root."""
    try:
        return Path(path).relative_to(HERE).as_posix()
    except ValueError:
        return path


REPORTER = Reporter()
REPORTER.watch()


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Register before the conftests are read: this hook is the first of all."""
    del parser
    if not pluginmanager.is_registered(REPORTER):
        pluginmanager.register(REPORTER, "workshop-reporter-object")
