"""A course of three steps for tests: no services, tests that take milliseconds."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from workshop.cli.main import main
from workshop.layers import compose, read_layers
from workshop.messages import set_language
from workshop.project import Project
from workshop.workspace import Workspace
from workshop.workspace.course import Course, open_course

ROOT = Path(__file__).parent.parent.parent

SUMS = '''"""Sums."""

LIMITS = (1, 10)
"""The least and the most."""


def add(first: int, second: int) -> int:
    """Add two numbers."""
    return first + second


def mean(values: list[int]) -> float:
    """Return the mean.

    Raises:
        ValueError: there are no values.

    """
    if not values:
        raise ValueError("no values")
    total = 0
    for value in values:
        total = add(total, value)
    return total / len(values)
'''

TEST_SUMS = '''"""Sums."""

import pytest

from app.sums import LIMITS, add, mean


def test_add() -> None:
    """Two and two is four."""
    assert add(2, 2) == 4


def test_mean() -> None:
    """The mean lies in the middle."""
    assert mean([1, 3]) == 2


def test_mean_of_nothing() -> None:
    """Nothing has no mean."""
    with pytest.raises(ValueError, match="no values"):
        mean([])


@pytest.mark.parametrize("end", [0, 1])
def test_limits(end: int) -> None:
    """From one to ten."""
    assert LIMITS[end : end + 1] == ((1, 10)[end],)
'''

PYPROJECT = """[tool.pytest.ini_options]
testpaths = ["tests"]
filterwarnings = ["error"]
asyncio_default_fixture_loop_scope = "function"
"""

STEPS: dict[str, dict[str, str]] = {
    "01_sums": {
        ".gitignore": ".env\n*.log\n__pycache__/\n",
        ".gitattributes": "* text=auto eol=lf\n",
        "pyproject.toml": PYPROJECT,
        "app/__init__.py": "",
        "app/sums.py": SUMS,
        "tests/__init__.py": "",
        "tests/conftest.py": "import app\n",
        "tests/test_sums.py": TEST_SUMS,
    },
    "02_words": {
        "app/sums.py": SUMS.replace("(1, 10)", "(1, 100)") + '\n\nVERSION = "two"\n',
        "app/words.py": '"""Words."""\n\n\ndef shout(word: str) -> str:\n    """Say it loud."""\n'
        "    return word.upper()\n\n\ndef whisper(word: str) -> str:\n"
        '    """Say it low."""\n    return word.lower()\n\n\n'
        'def twice(word: str) -> str:\n    """Say it twice."""\n    return word * 2\n',
        "tests/test_sums.py": TEST_SUMS.replace("(1, 10)", "(1, 100)"),
        "tests/test_words.py": '"""Words."""\n\nfrom app.words import shout, twice, whisper\n\n\n'
        'def test_shout() -> None:\n    """Loud."""\n    assert shout("a") == "A"\n\n\n'
        'def test_whisper() -> None:\n    """Low."""\n    assert whisper("A") == "a"\n\n\n'
        'def test_twice() -> None:\n    """Twice."""\n    assert twice("a") == "aa"\n',
    },
    "03_last": {
        "app/last.py": '"""The end."""\n\nEND = "end"\n',
        "tests/test_last.py": "from app.last import END\n\n\ndef test_end() -> None:\n"
        '    """End."""\n    assert END == "end"\n',
    },
}

TITLES = {"en": "Title of {task}", "ru": "Название {task}"}


def task(task_id: str, targets: list[str], tests: list[str], **more: object) -> dict[str, object]:
    """Describe a task as ``exercise.toml`` does."""
    return {
        "id": task_id,
        "targets": targets,
        "tests": tests,
        "title": {"en": f"Title {task_id}", "ru": f"Название {task_id}"},
        "goal": {"en": f"Goal {task_id}.", "ru": f"Цель {task_id}."},
        "hints": {
            "en": [f"Nudge {task_id}.", f"Answer {task_id}."],
            "ru": [f"Намёк {task_id}.", f"Ответ {task_id}."],
        },
        **more,
    }


EXERCISES: dict[str, dict[str, object]] = {
    "01_sums": {
        "tasks": [
            task("01.1", ["app/sums.py::add"], ["tests/test_sums.py::test_add"]),
            task(
                "01.2",
                ["app/sums.py::mean"],
                ["tests/test_sums.py::test_mean", "tests/test_sums.py::test_mean_of_nothing"],
                needs=["01.1"],
            ),
            task("01.3", ["app/sums.py::LIMITS"], ["tests/test_sums.py::test_limits"]),
        ]
    },
    "02_words": {
        "tasks": [
            task("02.1", ["app/words.py::shout"], ["tests/test_words.py::test_shout"]),
            task("02.2", ["app/words.py::whisper"], ["tests/test_words.py::test_whisper"]),
            task("02.3", ["app/words.py::twice"], ["tests/test_words.py::test_twice"]),
        ]
    },
}


def toml(table: dict[str, object]) -> str:
    """Write an exercise; what these tests write is nearly the same in JSON and TOML."""
    lines = [f"{key} = {_value(value)}" for key, value in table.items() if key != "tasks"]
    tasks = table.get("tasks", [])
    for one in tasks if isinstance(tasks, list) else []:
        lines += ["", "[[tasks]]", *(f"{key} = {_value(value)}" for key, value in one.items())]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def write(path: Path, content: str | bytes) -> None:
    """Write a file and the directories that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


@dataclass
class FakeCourse:
    """A checkout with three steps."""

    root: Path

    @property
    def project(self) -> Project:
        """Its paths."""
        return Project(self.root)

    @property
    def workspace(self) -> Workspace:
        """The learner's app in it."""
        return Workspace(self.project)

    @property
    def course(self) -> Course:
        """The steps as they are now."""
        return open_course(self.project)

    def step(self, name: str, files: dict[str, str]) -> None:
        """Write a step; what lies over a lower file is declared and pinned."""
        number = int(name[:2])
        folder = self.root / "steps" / name
        replaces: dict[str, str] = {}
        if number > 1:
            below = compose(read_layers(self.project))
            replaces = {path: below[path].digest for path in files if path in below}
        manifest = [f'number = {number}\nslug = "{name[3:]}"\nservices = []\n']
        manifest += [f'[title]\nen = "Step {name[3:]}"\nru = "Шаг {name[3:]}"\n\n[replaces]\n']
        manifest += [f'"{path}" = "{digest}"\n' for path, digest in replaces.items()]
        write(folder / "step.toml", "".join(manifest))
        for path, content in files.items():
            write(folder / path, content)

    def exercise(self, name: str, table: dict[str, object]) -> None:
        """Declare the exercise of a step."""
        write(self.root / "exercises" / name / "exercise.toml", toml(table))

    def run(
        self,
        *arguments: str,
        language: str = "en",
        to: int | None = None,
        hook: Callable[[], None] = lambda: None,
    ) -> tuple[int, str]:
        """Run the real command line in this process: most of its time goes into starting Python.

        Args:
            arguments: what is typed after ``workshop``.
            language: of the messages.
            to: an open file for what is printed, in place of returning it.
            hook: called right before the command.

        Returns:
            The exit code and everything that it printed.

        """
        file = io.BytesIO() if to is None else os.fdopen(to, "wb", buffering=0)
        printed = io.TextIOWrapper(file, encoding="utf-8", newline="\n", write_through=True)
        before = sys.argv, os.environ.get("WORKSHOP_ROOT"), Path.cwd()
        sys.argv = ["workshop", "--lang", language, *arguments]
        os.environ["WORKSHOP_ROOT"] = str(self.root)
        os.chdir(self.root)
        try:
            with redirect_stdout(printed), redirect_stderr(printed):
                hook()
                main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            sys.argv = before[0]
            os.environ.pop("WORKSHOP_ROOT")
            if before[1] is not None:
                os.environ["WORKSHOP_ROOT"] = before[1]
            os.chdir(before[2])
            set_language("en")
        return code, file.getvalue().decode("utf-8") if isinstance(file, io.BytesIO) else ""

    def run_process(
        self, *arguments: str, language: str = "en", **settings: str
    ) -> tuple[int, str]:
        """Run the real command line as a process of its own."""
        ended = subprocess.run(
            [sys.executable, "-m", "workshop", "--lang", language, *arguments],
            cwd=self.root,
            env={**environment(self.root), **settings},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
        return ended.returncode, ended.stdout.decode("utf-8")

    def edit(self, path: str, before: str, after: str) -> None:
        """Change a file of the workspace as an editor would."""
        place = self.workspace.root / path
        text = place.read_text(encoding="utf-8")
        assert before in text
        place.write_text(text.replace(before, after), encoding="utf-8")


def environment(root: Path) -> dict[str, str]:
    """Give the command line a checkout that is not this one, and a terminal that takes UTF-8."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**kept, "WORKSHOP_ROOT": str(root), "PYTHONPATH": path, "PYTHONUTF8": "1"}


def make(root: Path) -> FakeCourse:
    """Make the whole course."""
    course = FakeCourse(root)
    for name, files in STEPS.items():
        course.step(name, files)
    for name, table in EXERCISES.items():
        course.exercise(name, table)
    return course


def tree(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder but the tool's own, git's, and caches."""
    return {path: (folder / path).read_bytes() for path in _paths(folder)}


def _paths(folder: Path) -> Iterator[str]:
    for place in sorted(folder.rglob("*")):
        parts = place.relative_to(folder).parts
        if {".git", ".workshop", "__pycache__"} & set(parts) or not place.is_file():
            continue
        yield place.relative_to(folder).as_posix()
