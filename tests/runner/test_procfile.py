"""Procfiles are read as a shell would read them, without a shell."""

import sys
from pathlib import Path

import pytest

from workshop.errors import WorkshopError
from workshop.runner.procfile import ProcessLine, read_procfile

BIN = str(Path(sys.executable).parent)
PYTHON = str(Path(BIN) / "python")
ENVIRONMENT = {"PATH": BIN, "PORT": "8001", "EMPTY": ""}


def read(tmp_path: Path, content: str) -> tuple[ProcessLine, ...]:
    """Write a Procfile and read it."""
    path = tmp_path / "Procfile"
    path.write_text(content, encoding="utf-8")
    return read_procfile(path, ENVIRONMENT)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("python -m app", ("-m", "app")),
        ("python '-c' \"a b\" $PORT", ("-c", "a b", "8001")),
        ("python ${PORT}1 ${NONE:-7} ${EMPTY:-8}", ("80011", "7", "8")),
        ("python --path=a,b:c# '#'", ("--path=a,b:c#", "#")),
        ("A=1 B=$PORT python $A", ("1",)),
        ("python 'a;b' \"x|y\"", ("a;b", "x|y")),
    ],
)
def test_words(tmp_path: Path, command: str, expected: tuple[str, ...]) -> None:
    """Quotes, variables, defaults and assignments mean what they mean in a shell."""
    (line,) = read(tmp_path, f"# comment\n\nweb: {command}\n")
    assert line.name == "web"
    assert line.command == (PYTHON, *expected)


def test_assignments_reach_the_environment(tmp_path: Path) -> None:
    """NAME=value before the program is the environment of this process alone."""
    one, two = read(tmp_path, "a: A=1 B='x y' python\nb: python C=1")
    assert one.environment == {"A": "1", "B": "x y"}
    assert two.environment == {}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("web python", "run-procfile-line"),
        ("web: A=1", "run-procfile-line"),
        ("web: python\nweb: python", "run-procfile-twice"),
        ("web: python 'a", "run-procfile-quotes"),
        ("web: python && python", "run-procfile-shell"),
        ("web: python > log", "run-procfile-shell"),
        ("web: python $NONE", "run-procfile-variable"),
        ("web: no-such-program", "run-procfile-program"),
        (f"web{' ' * 5000}", "run-procfile-line"),
        (f"web: {'x' * 5000}", "run-procfile-program"),
    ],
)
def test_mistakes(tmp_path: Path, content: str, message: str, language: str) -> None:
    """Each mistake is named with its line in both languages."""
    with pytest.raises(WorkshopError) as caught:
        read(tmp_path, content)
    assert caught.value.message_id == message
    assert f"Procfile:{1 + content.count(chr(10))}" in str(caught.value), language
