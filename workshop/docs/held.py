"""Which conversations with an app were recorded from the very code that is there now.

Starting an app costs seconds of a processor, and there is one conversation for each step. What it
printed is a matter of its step's files (the tests are none of the app), the exercises, the commands
themselves, the words of the tool, and the machine's kind. While all of these are as they were when
the outputs were stored, holding it again could show nothing new.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

import workshop
from workshop.docs.course import Course
from workshop.docs.facts import dependencies
from workshop.docs.outputs import Command, output_path, read_commands
from workshop.docs.places import docs_folder
from workshop.messages import LANGUAGES
from workshop.project import Project

PINS = re.compile(r"requirements.*\.txt")

OWN_WORDS = "docs.ftl"
"""Messages of this site's tools: no recorded command speaks them."""


def conversations(project: Project) -> dict[str, list[Command]]:
    """Group the commands by the one that begins their conversation with a step's app."""
    found: dict[str, list[Command]] = {}
    for command in read_commands(project).values():
        if command.step:
            found[command.shown] = [command]
        elif command.continues:
            found[next(reversed(found))].append(command)
    return found


def unchanged(course: Course) -> list[Command]:
    """List the commands whose conversations need not be held again.

    The one with the first app, the quickest, is never among them: something must have been asked.
    """
    held = _read(course.project)
    grouped = conversations(course.project)
    first = min((talk[0].step for talk in grouped.values() if talk[0].until), default=0)
    return [
        command
        for shown, talk in grouped.items()
        if not (talk[0].until and talk[0].step == first)
        and held.get(shown) == state_of(course, talk)
        for command in talk
    ]


def keep_states(course: Course, recorded: Iterable[str]) -> None:
    """Remember the state of the conversations all of whose outputs have just been recorded."""
    names = set(recorded)
    held = _read(course.project)
    grouped = conversations(course.project)
    for shown, talk in grouped.items():
        outputs = {name for command in talk for name in command.outputs}
        if outputs and outputs <= names:
            held[shown] = state_of(course, talk)
    kept = {shown: held[shown] for shown in grouped if shown in held}
    path = _path(course.project)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(kept, indent=2, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def state_of(course: Course, talk: list[Command]) -> str:
    """Name the state of everything that decides about what a conversation prints."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {sys.platform} {talk}".encode())
    asks_app = bool(talk[0].until)  # else it shows the learner's loop
    said = [*_app(course, talk[0].step), *_files(course.project, talk)]
    if asks_app:
        said = [pair for pair in said if not pair[0].startswith("tests/")]
    else:
        said += _exercises(course, talk[0].step)
    for name, content in said:
        digest.update(f"\0{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:16]


def _app(course: Course, step: int) -> Iterator[tuple[str, bytes]]:
    composition = course.end_of(step)
    wanted = dependencies(composition)
    for path, file in composition.items():
        yield path, _pins(file.content, wanted) if PINS.fullmatch(path) else file.content


def _exercises(course: Course, step: int) -> Iterator[tuple[str, bytes]]:
    for layer in course.layers[:step]:
        yield from _below(course.project.exercises / layer.name)


def _pins(content: bytes, wanted: Container[str]) -> bytes:
    """Keep the versions of what this step asks for: later steps pin their packages here as well."""
    lines = content.decode("utf-8").splitlines()
    pins = [line.partition(" ")[0] for line in lines if "==" in line]
    return "\n".join(pin for pin in pins if re.split(r"\[|==", pin)[0] in wanted).encode()


def _files(project: Project, talk: list[Command]) -> Iterator[tuple[str, bytes]]:
    for command in talk:
        for language in LANGUAGES if command.spoken else LANGUAGES[:1]:
            for name in command.outputs:
                path = output_path(project, name, language, spoken=command.spoken)
                yield project.relative(path), path.read_bytes() if path.is_file() else b""
    if any(command.spoken for command in talk):
        locales = Path(workshop.__file__).parent / "locales"
        yield from (pair for pair in _below(locales) if not pair[0].endswith(OWN_WORDS))


def _below(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _read(project: Project) -> dict[str, str]:
    path = _path(project)
    known: dict[str, str] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return known


def _path(project: Project) -> Path:
    return docs_folder(project) / "outputs" / "held.json"
