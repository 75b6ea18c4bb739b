"""The generated page of a step: what it adds, replaces, appends and removes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workshop.docs import facts
from workshop.docs.course import Course, changes_page, step_page
from workshop.docs.outputs import routes_of
from workshop.docs.places import Page
from workshop.docs.snippets import fence, file_anchor, language_of, link
from workshop.docs.words import say
from workshop.layers import Layer

CONTEXT = 5
"""Lines around each change of a diff."""

UNSEARCHED = "search: {exclude: true}\n"
"""All that a search should find here is on the page of the step or in the reference."""

LONGEST_SHOWN = 400
"""Lines of a file above which the page names it only: pinned requirements are no reading."""


@dataclass(frozen=True)
class Change:
    """What a step does to one file."""

    mark: str
    path: str


MARKS = {"added": "+", "replaced": "~", "appended": ">", "removed": "-"}


def changes(course: Course, layer: Layer) -> list[Change]:
    """List what a step does, sorted by path."""
    below = course.end_of(layer.number - 1)
    above = course.end_of(layer.number)
    kinds = {path: "removed" for path in layer.removes if path in below and path not in above}
    for path in layer.files:
        if path in layer.appends and path in below:
            kinds[path] = "appended"
        else:
            kinds[path] = "replaced" if path in below else "added"
    return [Change(MARKS[kinds[path]], path) for path in sorted(kinds)]


def changes_markdown(course: Course, layer: Layer, language: str) -> str:
    """Write the page of one step in one language."""
    page = Page(changes_page(layer), language, layer.path)
    title = layer.title[language]
    step = f"{layer.number:02}"
    back = link(page, step_page(layer))
    parts = [
        f"---\ntitle: {say(language, 'docs-changes-nav', step=step)}\n{UNSEARCHED}---\n",
        f"# {say(language, 'docs-changes-title', step=step, title=title)}\n",
        say(language, "docs-changes-intro", step=step, title=title, page=back) + "\n",
        f"## {say(language, 'docs-changes-files')} {{ #files }}\n",
        say(language, "docs-changes-legend") + "\n",
        fence("\n".join(tree(changes(course, layer))), "diff"),
        *_tables(course, layer, language),
        *_diffs(course, layer, language),
        *_whole(layer, language),
    ]
    return "\n".join(parts)


def tree(changed: Iterable[Change]) -> Iterator[str]:
    """Draw the files as an indented tree with the mark of each at the left."""
    open_folders: list[str] = []
    for change in sorted(changed, key=lambda change: _folders_last(change.path)):
        *folders, name = change.path.split("/")
        same = 0
        while same < min(len(folders), len(open_folders)) and folders[same] == open_folders[same]:
            same += 1
        for depth, folder in enumerate(folders[same:], start=same):
            yield f"  {'  ' * depth}{folder}/"
        open_folders = folders
        yield f"{change.mark} {'  ' * len(folders)}{name}"


def _folders_last(path: str) -> list[tuple[bool, str]]:
    *folders, name = path.split("/")
    return [*((True, folder) for folder in folders), (False, name)]


def _tables(course: Course, layer: Layer, language: str) -> Iterator[str]:
    below, above = course.end_of(layer.number - 1), course.end_of(layer.number)
    old, new = facts.settings(below), facts.settings(above)
    rows = [
        (f"`{setting.name}`", _code(setting.example), setting.comment)
        for name, setting in new.items()
        if name not in old
    ]
    yield from table(language, "settings", ("setting", "example", "comment"), rows)
    known, wanted = facts.dependencies(below), facts.dependencies(above)
    rows = [
        (f"`{dependency.requirement}`", dependency.reason, f"`{dependency.file}`")
        for name, dependency in wanted.items()
        if name not in known
    ]
    yield from table(language, "dependencies", ("requirement", "comment", "file"), rows)
    made = facts.migrations(below)
    rows = [
        (f"`{migration.revision}`", migration.title, f"`{path}`")
        for path, migration in facts.migrations(above).items()
        if path not in made
    ]
    yield from table(language, "migrations", ("revision", "title", "file"), rows)
    served = set(routes_of(course.project, layer.number - 1))
    rows = [
        (f"`{route.method}`", f"`{route.path}`", route.summary)
        for route in routes_of(course.project, layer.number)
        if route not in served
    ]
    yield from table(language, "routes", ("method", "path", "title"), rows)


def table(
    language: str, name: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]
) -> Iterator[str]:
    """Write a section with a table, or nothing when there is nothing to list."""
    if not rows:
        return
    yield f"## {say(language, f'docs-changes-{name}')} {{ #{name} }}\n"
    yield markdown_table([say(language, f"docs-column-{column}") for column in columns], rows)


def markdown_table(head: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    """Write a Markdown table; a bar inside a cell is escaped, except in code."""
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(map(_cell, line)) + " |\n" for line in lines)


def _cell(text: str) -> str:
    pieces = text.split("`")
    return "`".join(
        piece if position % 2 else piece.replace("|", "\\|")
        for position, piece in enumerate(pieces)
    )


def _diffs(course: Course, layer: Layer, language: str) -> Iterator[str]:
    below = course.end_of(layer.number - 1)
    replaced = [path for path in layer.files if path in below and path not in layer.appends]
    if not replaced:
        return
    yield f"## {say(language, 'docs-changes-replaced')} {{ #replaced }}\n"
    for path in replaced:
        old = below[path].content.decode("utf-8").splitlines()
        new = layer.files[path].content.decode("utf-8").splitlines()
        diff = list(difflib.unified_diff(old, new, path, path, n=CONTEXT, lineterm=""))[2:]
        yield f"### `{path}` {{ #diff-{file_anchor(path)} }}\n"
        yield fence("\n".join(diff), "diff")


def _whole(layer: Layer, language: str) -> Iterator[str]:
    yield f"## {say(language, 'docs-changes-whole')} {{ #whole }}\n"
    for path, file in layer.files.items():
        lines = file.content.count(b"\n")
        if not lines or lines > LONGEST_SHOWN or b"\0" in file.content:
            continue
        length = say(language, "docs-lines", count=lines)
        yield f'??? abstract "{path} · {length}"\n'
        yield f'    <span id="{file_anchor(path)}"></span>\n'
        yield fence(file.content.decode("utf-8"), language_of(path), indent="    ")


def _code(value: str) -> str:
    return f"`{value}`" if value else ""
