"""What a ``Procfile`` says, read without a shell."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.runner.shortening import shorten

LINE = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_-]*):\s*(?P<command>\S.*)")
ASSIGNMENT = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)=(?P<value>.*)", re.DOTALL)
VARIABLE = re.compile(r"\$(?:(?P<bare>\w+)|\{(?P<braced>\w+)(?::-(?P<default>[^}]*))?\})")
SHELL_ONLY = re.compile(r"[|&;<>()]+")


@dataclass(frozen=True)
class ProcessLine:
    """One line: the name of the process, its command, and what it sets in its environment."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]


def read_procfile(path: Path, environment: Mapping[str, str]) -> tuple[ProcessLine, ...]:
    """Read every line; ``$NAME`` and ``${NAME:-default}`` mean what they mean in a shell.

    No shell is started, because a signal would end the shell and miss the server behind it, and
    because Windows has another shell. So ``&&``, ``|`` and the like are refused.

    Raises:
        WorkshopError: a line is not ``name: command``, repeats a name, needs a shell, uses a
            variable that is not set, or names a program that is not installed.

    """
    lines: dict[str, ProcessLine] = {}
    for number, content in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not content.strip() or content.lstrip().startswith("#"):
            continue
        where = f"{path}:{number}"
        match = LINE.fullmatch(content.strip())
        if match is None:
            raise WorkshopError("run-procfile-line", where=where, line=shorten(content.strip()))
        if match["name"] in lines:
            raise WorkshopError("run-procfile-twice", where=where, name=shorten(match["name"]))
        lines[match["name"]] = _parse(match["name"], match["command"], where, environment)
    return tuple(lines.values())


def _parse(name: str, command: str, where: str, environment: Mapping[str, str]) -> ProcessLine:
    words = _split(command, where)
    own: dict[str, str] = {}
    while words and (match := ASSIGNMENT.fullmatch(words[0])):
        own[match["name"]] = _expand(match["value"], environment, where)
        words.pop(0)
    if not words:
        raise WorkshopError("run-procfile-line", where=where, line=shorten(f"{name}: {command}"))
    known = {**environment, **own}
    program, *arguments = (_expand(word, known, where) for word in words)
    found = shutil.which(program, path=known.get("PATH"))
    if found is None:
        raise WorkshopError(
            "run-procfile-program", exit_code=3, where=where, program=shorten(program)
        )
    return ProcessLine(name, (found, *arguments), own)


def _split(command: str, where: str) -> list[str]:
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        words = list(lexer)
    except ValueError as error:
        raise WorkshopError("run-procfile-quotes", where=where, line=shorten(command)) from error
    if needs_shell := next(filter(SHELL_ONLY.fullmatch, words), None):
        raise WorkshopError("run-procfile-shell", where=where, found=shorten(needs_shell))
    return words


def _expand(word: str, environment: Mapping[str, str], where: str) -> str:
    def value(match: re.Match[str]) -> str:
        name = match["bare"] or match["braced"]
        found = environment.get(name) or match["default"]
        if found is None:
            raise WorkshopError("run-procfile-variable", where=where, name=shorten(name))
        return found

    return VARIABLE.sub(value, word)
