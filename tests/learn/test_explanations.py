"""Each kind of failure has an explanation of its own, in both languages, kept word for word.

``WORKSHOP_GOLDEN=write`` writes the files anew; read the difference before you commit it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from workshop.checking.check import CheckResult, TaskResult, judge
from workshop.checking.overlay import overlay, readable, write_overlay
from workshop.checking.reading import find_unreadable
from workshop.checking.report import Report
from workshop.checking.running import run_tests
from workshop.exercises import Exercise, Task
from workshop.explain import explain_task
from workshop.messages import LANGUAGES, set_language
from workshop.targets import Target
from workshop.workspace.files import read_files

from .course import PYPROJECT, FakeCourse, write

GOLDEN = Path(__file__).parent / "golden"

PREPARED = '''"""What a learner may write."""

import asyncio
import time
from collections.abc import Iterator

import httpx


class RegistryError(Exception):
    pass


async def fetch() -> dict[str, int]:
    return {"a": 1}


async def forget() -> int:
    return fetch()["a"]


async def drop() -> None:
    fetch()


async def too_much() -> int:
    return await len("a")


def greet(name: str) -> str:
    return name


def careless() -> str:
    return missing_name


def parse(text: str) -> int:
    return int(text)


def unregistered() -> None:
    raise RegistryError("app.Register has no handler. Add a row to the table.")


def table() -> None:
    raise RuntimeError('relation "users" does not exist\\n[SQL: SELECT 1]')


def column() -> None:
    raise RuntimeError('column users.age does not exist')


def forever() -> None:
    while True:
        time.sleep(0.01)


def waits() -> asyncio.Event:
    return asyncio.Event()


def unwritten() -> None:
    raise NotImplementedError("exercise 01.1")


def answer(request: httpx.Request) -> httpx.Response:
    """Refuse, unless the path says otherwise."""
    code = request.url.path[1:]
    status = {"not_found": 404, "user_not_found": 404, "invalid_request": 422}[code]
    problem = {"type": f"urn:problem-type:{code}", "status": status, "code": code}
    problem["detail"] = "There is no user 7." if status == 404 else "The request is not valid."
    if status == 422:
        problem["errors"] = [{"loc": ["body", "email"], "message": "no e-mail", "code": "email"}]
    return httpx.Response(status, json=problem)


def get(path: str) -> httpx.Response:
    with httpx.Client(transport=httpx.MockTransport(answer), base_url="http://test") as client:
        return client.get(path)


def handle(work) -> int:
    import logging

    try:
        asyncio.run(work()) if work is forget else work("one")
    except Exception:
        logging.getLogger(__name__).error("the request failed")
        return 500
    return 200
'''

TESTS = '''"""Every kind of failure."""

import asyncio

import pytest

from app import prepared


def test_assertion() -> None:
    """Names are greeted."""
    assert prepared.greet("Ada") == "Hello, Ada"


def test_not_raised() -> None:
    """Letters are refused."""
    with pytest.raises(ValueError, match="letters"):
        prepared.parse("1")


def test_raised() -> None:
    """Digits are read."""
    assert prepared.parse("one") == 1


def test_signature() -> None:
    """A greeting may be loud."""
    assert prepared.greet("Ada", loud=True) == "ADA"


def test_await() -> None:
    """Values are fetched."""
    assert asyncio.run(prepared.forget()) == 1


def test_await_named() -> None:
    """Values are dropped."""
    asyncio.run(prepared.drop())


def test_await_too_much() -> None:
    """Lengths are counted."""
    assert asyncio.run(prepared.too_much()) == 1


def test_name_undefined() -> None:
    """Care is taken."""
    assert prepared.careless()


def test_registration() -> None:
    """Commands are handled."""
    prepared.unregistered()


def test_table_missing() -> None:
    """Users are stored."""
    prepared.table()


def test_column_missing() -> None:
    """Ages are stored."""
    prepared.column()


def test_route_missing() -> None:
    """The route answers."""
    status = 404
    assert status == 200


def test_server_error() -> None:
    """The route answers."""
    status = 500
    assert status == 200


def test_server_raised() -> None:
    """The route answers."""
    assert prepared.handle(prepared.parse) == 200


def test_server_await() -> None:
    """The route fetches values."""
    assert prepared.handle(prepared.forget) == 200


def test_no_field() -> None:
    """The route refuses."""
    answer = {"id": 1}
    assert answer["code"] == "forbidden"


def test_refused() -> None:
    """The user is shown."""
    assert prepared.get("user_not_found").json()["username"] == "ada"


def test_refused_shape() -> None:
    """Both users are shown."""
    assert prepared.get("invalid_request").json()["errors"]["body"] == []


def test_refused_status() -> None:
    """The user
    is shown.
    """
    answer = prepared.get("user_not_found")
    assert (answer.status_code, answer.json()["code"]) == (
        200,  # and not a refusal
        "ok",
    )


def test_refused_before() -> None:
    """A refusal is not greeted."""
    assert prepared.get("user_not_found").status_code == 404
    assert prepared.greet("Ada") == ""


def test_refused_not() -> None:
    """Who is nobody is refused."""
    prepared.get("user_not_found")
    status_code = len("x" * 200)
    assert status_code == 404


def test_refused_route() -> None:
    """The route answers."""
    assert prepared.get("not_found").json()["id"] == 1


def test_long_condition() -> None:
    """All of them are greeted."""
    with pytest.raises(
        ValueError,
        match="letters",
    ):
        for name in (
            "Ada",
            "Grace",
        ):
            assert prepared.greet(name) in {
                "Hello, Ada",
                "Hello, Barbara",
                "Hello, Carol",
                "Hello, Donna",
                "Hello, Evelyn",
                "Hello, Frances",
                "Hello, Grace",
                "Hello, Hedy",
                "Hello, Irene",
                "Hello, Joan",
                "Hello, Katherine",
            }


def test_not_written() -> None:
    """It does something."""
    prepared.unwritten()
'''

KINDS = (
    *("assertion", "not_raised", "raised", "signature", "await", "await_named"),
    *("await_too_much", "name_undefined", "registration", "table_missing", "column_missing"),
    *("route_missing", "server_error", "server_raised", "server_await", "no_field"),
    *("refused", "refused_shape", "refused_status", "refused_not", "refused_route"),
    *("refused_before", "long_condition"),
    "not_written",
)

KIND_OF = {
    "await_named": "await",
    "server_await": "await",
    "refused_shape": "refused",
    "refused_status": "refused",
    "refused_not": "assertion",
    "refused_route": "route-missing",
    "refused_before": "assertion",
    "long_condition": "assertion",
}
"""Where the name of a test is not the kind that it shows."""

BROKEN = {
    "syntax": "def add(first, second:\n    return first\n",
    "conflict": "<<<<<<< mine\nA = 1\n=======\nA = 2\n>>>>>>> course\n",
    "module_missing": "from app.nothing import thing\n",
    "package_missing": "import surely_not_installed\n",
    "name_missing": "from app.names import THING\n",
    "circular": "from app.names import add\n",
}
"""What app/sums.py holds, so that the tests cannot even be imported."""

ENDLESS_TEST = '''from app.sums import add


def test_it() -> None:
    """Two and two."""
    add(2, 2)
'''

ENDLESS = {
    "loops": (
        "def add(first, second):\n    while True: pass\n",
        ENDLESS_TEST,
    ),
    "waits": (
        "import threading\n\nDONE = threading.Event()\n",
        ENDLESS_TEST.replace("add(2, 2)", "DONE.wait()").replace("add", "DONE"),
    ),
    "crash": (
        "import os\n\n\ndef add(first, second):\n    os._exit(7)\n",
        ENDLESS_TEST,
    ),
}


def make_task(test: str) -> Task:
    """Make a task that one test belongs to."""
    titles = {"en": "Title", "ru": "Название"}
    return Task(
        "01.1", titles, titles, {}, (Target("app/prepared.py", "greet"),), (f"tests/{test}",)
    )


def shown(
    course: FakeCourse, name: str, result: CheckResult, task: TaskResult
) -> Iterator[tuple[str, str]]:
    """Render an explanation in each language: kind, what happened, what to do, where."""
    for language in LANGUAGES:
        set_language(language)
        found = explain_task(course.workspace, result, task)
        assert found.kind == KIND_OF.get(name, name.replace("_", "-"))
        parts = (found.kind, found.happened, found.mend, found.place, found.promise, found.code)
        yield language, "\n".join(part.replace(str(course.root), "…") for part in parts) + "\n"


def compare(course: FakeCourse, name: str, result: CheckResult, task: TaskResult) -> None:
    """Compare with what is kept."""
    for language, text in shown(course, name, result, task):
        path = GOLDEN / language / f"{name}.txt"
        if os.environ.get("WORKSHOP_GOLDEN") == "write":
            write(path, text)
        assert text == path.read_text(encoding="utf-8")


def result_of(course: FakeCourse, report: Report, test: str) -> tuple[CheckResult, TaskResult]:
    """Judge a run by one test."""
    exercise = Exercise(1, Path(), (make_task(test),))
    result = judge(1, exercise, report, {})
    assert not result.done
    del course
    return result, result.tasks[0]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[FakeCourse, Report]:
    """Run every prepared failure once, on what pytest takes for a build machine.

    It words failures at greater length there. A learner is told the same everywhere.
    """
    course = FakeCourse(tmp_path_factory.mktemp("prepared"))
    course.step(
        "01_sums",
        {
            "pyproject.toml": PYPROJECT,
            "app/__init__.py": "",
            "app/prepared.py": PREPARED,
            "tests/__init__.py": "",
            "tests/test_kinds.py": TESTS,
        },
    )
    with pytest.MonkeyPatch.context() as machine:
        machine.setenv("CI", "true")
        return course, run(course, course.workspace.root)


def run(course: FakeCourse, folder: Path, limit: float = 20.0) -> Report:
    """Lay the end of step 1 into the workspace, and run its tests there."""
    files = course.course.end(1)
    write_overlay(files, course.course.layer(1), folder)
    return run_tests(folder, {}, ["tests"], rest=False, limit=limit)


@pytest.mark.parametrize("kind", KINDS)
def test_failures_of_tests(prepared: tuple[FakeCourse, Report], kind: str) -> None:
    """What a test can meet once the app can be imported."""
    course, report = prepared
    result, task = result_of(course, report, f"test_kinds.py::test_{kind}")
    compare(course, kind, result, task)


@pytest.mark.parametrize("kind", BROKEN)
def test_failures_of_imports(course: FakeCourse, kind: str) -> None:
    """What keeps the app from being imported at all is explained, not shown as a traceback."""
    course.run("start", "1")
    names = "from app.sums import add\n" if kind == "circular" else "OTHER = 1\n"
    write(course.workspace.root / "app/names.py", names)
    write(course.workspace.root / "app/sums.py", BROKEN[kind])
    mine = readable(course.workspace, read_files(course.workspace))
    end = course.course.end(1)
    report = Report(collect_errors=find_unreadable(mine, end))
    if not report.collect_errors:
        folder = course.root / "build"
        write_overlay(overlay(mine, end), course.course.layer(1), folder)
        report = run_tests(folder, {}, ["tests"], rest=False)
    result, task = result_of(course, report, "test_sums.py::test_add")
    compare(course, kind, result, task)


@pytest.mark.parametrize("kind", ENDLESS)
def test_runs_without_an_end(course: FakeCourse, kind: str) -> None:
    """The check ends all the same, and says where the time went."""
    app, test = ENDLESS[kind]
    course = FakeCourse(course.root / "other")
    course.step(
        "01_sums",
        {
            "pyproject.toml": PYPROJECT,
            "app/__init__.py": "",
            "app/sums.py": app,
            "tests/__init__.py": "",
            "tests/test_it.py": test,
        },
    )
    report = run(course, course.workspace.root, limit=3.0)
    result, task = result_of(course, report, "test_it.py::test_it")
    compare(course, kind, result, task)
