"""A Markdown page as a list of sections and of things that both languages must share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from workshop.docs.directives import Directive, parse_directive

_FENCE = re.compile(r"(?P<indent> *)(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)")
_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*")
_IDENTIFIER = re.compile(r"\s*\{\s*#([\w-]+)\s*\}$")
_ADMONITION = re.compile(r"\s*(!!!|\?\?\?\+?)\s+([\w-]+)")
_LINK = re.compile(r"(!?)\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^\s)>]+)>?[^)]*\)")
_CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_ROW = re.compile(r"\s*\|.*\|\s*")


@dataclass(frozen=True)
class Line:
    """One line of a page with its number, counted from 1."""

    number: int
    text: str


@dataclass(frozen=True)
class Fence:
    """A fenced block."""

    number: int
    language: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """Something that must be the same in both languages."""

    kind: str
    value: str
    number: int
    """The line it is on."""


@dataclass
class Section:
    """A heading with the text up to the next heading, or what stands before the first one."""

    level: int
    title: str
    number: int
    identifier: str = ""
    lines: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it, the way the ledger pins it: spaces at line ends do not count."""
        return "\n".join(line.rstrip() for line in self.lines).strip()


def split(markdown: str) -> Iterator[Line | Fence]:
    """Tell fenced blocks from other lines; an unclosed fence lasts to the end, as in Markdown."""
    lines = markdown.splitlines()
    position = 0
    while position < len(lines):
        opening = _FENCE.fullmatch(lines[position])
        if opening is None:
            yield Line(position + 1, lines[position])
            position += 1
            continue
        end = _closing(lines, position + 1, opening["marks"])
        language = re.split(r"[\s{]", opening["info"].strip(), maxsplit=1)[0]
        cut = len(opening["indent"])
        body = tuple(
            line[cut:] if not line[:cut].strip() else line for line in lines[position + 1 : end]
        )
        yield Fence(position + 1, language, body)
        position = end + 1


def read_sections(markdown: str) -> list[Section]:
    """Split a page at its headings and note in each section what the languages must share."""
    source = markdown.splitlines()
    sections = [Section(0, "", 1)]
    for part in split(markdown):
        heading = _HEADING.fullmatch(part.text) if isinstance(part, Line) else None
        if heading is not None:
            identifier = _IDENTIFIER.search(heading[2])
            title = _IDENTIFIER.sub("", heading[2])
            sections.append(
                Section(len(heading[1]), title, part.number, identifier[1] if identifier else "")
            )
        last = part.number + (len(part.lines) + 1 if isinstance(part, Fence) else 0)
        sections[-1].lines += source[part.number - 1 : last]
        sections[-1].items += _items(part)
    return sections


def fences(markdown: str) -> list[Fence]:
    """List the fenced blocks of a page."""
    return [part for part in split(markdown) if isinstance(part, Fence)]


def directives(markdown: str) -> list[tuple[int, Directive]]:
    """List the directives of a page with their lines.

    Raises:
        WorkshopError: a directive cannot be understood.

    """
    found = (
        (part.number, parse_directive(part.text))
        for part in split(markdown)
        if isinstance(part, Line)
    )
    return [(number, directive) for number, directive in found if directive]


def _closing(lines: list[str], start: int, marks: str) -> int:
    for position in range(start, len(lines)):
        stripped = lines[position].strip()
        if len(stripped) >= len(marks) and set(stripped) == {marks[0]}:
            return position
    return len(lines)


def _items(part: Line | Fence) -> Iterator[Item]:
    if isinstance(part, Fence):
        # The words in a diagram are translated; its shape is not.
        diagram = part.language == "mermaid"
        shared = [_shape(line) for line in part.lines] if diagram else part.lines
        yield Item("fence", "\n".join([part.language, *shared]), part.number)
        return
    if part.text.startswith(":::"):
        yield Item("directive", " ".join(part.text.split()), part.number)
        return
    admonition = _ADMONITION.match(part.text)
    if admonition:
        yield Item("admonition", f"{admonition[1]} {admonition[2]}", part.number)
    if _ROW.fullmatch(part.text):
        cells = re.sub(r"\\\||`[^`]*`", "", part.text).count("|") - 1
        yield Item("row", str(cells), part.number)
    for image, address in _LINK.findall(_CODE_SPAN.sub("", part.text)):
        yield Item("image" if image else "link", address, part.number)


def _shape(line: str) -> str:
    """Keep of a diagram's line the words that are its syntax: identifiers and arrows."""
    line = re.sub(r'"[^"]*"', '""', line)
    line = re.sub(r"\|[^|]*\|", "||", line)
    line = re.sub(r"(participant|actor) (\w+) as .*", r"\1 \2 as", line)
    return re.sub(r"(?<=[^:]):(?!:)\s*.*$", ":", line).rstrip()
