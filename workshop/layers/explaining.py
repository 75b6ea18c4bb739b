"""Answering `workshop why`: what is known about a file of the app, or about one of its lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from workshop.errors import WorkshopError
from workshop.layers.asking import AppPath, app_path, near
from workshop.layers.composition import ComposedFile, compose
from workshop.layers.layer import Layer, lines_of
from workshop.layers.notes import Note
from workshop.layers.tracing import home, origins, tests_of
from workshop.messages import current_language
from workshop.project import Project


def explain(project: Project, layers: Sequence[Layer], asked: str) -> list[Note]:
    """Tell which step wrote what ``asked`` names: ``PATH`` or ``PATH:LINE``.

    Raises:
        WorkshopError: no such file, or no such line in it.

    """
    place, line = _split(asked)
    where = app_path(project, layers, place)
    scope = layers[: where.layer.number] if where.layer else layers
    composed = _composed(scope, where)
    notes = list(_outdated(project, composed, where))
    if line is None:
        return [*notes, *_about_file(project, scope, composed, where)]
    return [*notes, *_about_line(project, scope, composed, _line(composed, where, line))]


def _split(asked: str) -> tuple[str, int | None]:
    # Compilers and linters add a column.
    found = re.fullmatch(r"(.+?):(\d+)(?::\d+)?", asked)
    return (found[1], int(found[2])) if found else (asked, None)


def _composed(scope: Sequence[Layer], where: AppPath) -> ComposedFile:
    path = where.path
    if where.layer and path not in where.layer.files:
        known = near(path, where.layer.files)
        raise WorkshopError("why-no-file", exit_code=2, path=where.layer.shown(path), near=known)
    composition = compose(scope)
    if path in composition:
        return composition[path]
    for layer in reversed(scope):
        if path in layer.removes:
            raise WorkshopError(
                "why-removed", exit_code=2, path=path, manifest=layer.shown("step.toml")
            )
    raise WorkshopError("why-no-file", exit_code=2, path=path, near=near(path, composition))


def _line(composed: ComposedFile, where: AppPath, line: int) -> int:
    """Check a line; a line of a layer's own file becomes one of the composed file."""
    if where.layer:
        shown = where.layer.shown(where.path)
        count = len(lines_of(where.layer.files[where.path].content))
    else:
        shown, count = where.path, len(lines_of(composed.content))
    if not 1 <= line <= count:
        raise WorkshopError("why-no-line", exit_code=2, path=shown, line=str(line), count=count)
    if not where.layer:
        return line
    first = next(span.first for span in composed.spans if span.layer == where.layer)
    return first + line - 1


def _about_line(
    project: Project, scope: Sequence[Layer], composed: ComposedFile, line: int
) -> Iterator[Note]:
    path = composed.path
    written = origins(scope, path)[line - 1]
    now = home(composed, line)
    content = lines_of(composed.content)[line - 1].decode("utf-8", "replace").rstrip()
    yield _fact("why-line", path=path, line=str(line), content=content)
    yield _step("why-written", written.layer, path, written.line)
    if now != written:
        yield _step("why-kept", now.layer, path, now.line)
    yield from _around(project, written.layer)


def _about_file(
    project: Project, scope: Sequence[Layer], composed: ComposedFile, where: AppPath
) -> Iterator[Note]:
    path = composed.path
    shown = where.layer.shown(path) if where.layer else path
    lines = len(lines_of(composed.content))
    yield _fact("why-file", path=shown, owner=composed.owner.shown(path), count=lines)
    by_step = Counter(origin.layer.number for origin in origins(scope, path))
    for layer in scope:
        if by_step[layer.number]:
            title = layer.title[current_language()]
            lines = by_step[layer.number]
            yield _fact("why-share", number=f"{layer.number:02}", title=title, count=lines)
    yield from _around(project, where.layer or composed.owner)


def _around(project: Project, layer: Layer) -> Iterator[Note]:
    page = project.root / "docs" / current_language() / "steps" / f"{layer.name}.md"
    if page.is_file():
        yield _fact("why-page", page=project.relative(page))
    for path in tests_of(layer):
        yield _fact("why-test", file=layer.shown(path))


def _outdated(project: Project, composed: ComposedFile, where: AppPath) -> Iterator[Note]:
    """Warn when the reader looks at a ``final/`` whose lines are not those of the layers."""
    written = project.final / composed.path
    if not where.layer and written.is_file() and written.read_bytes() != composed.content:
        yield Note("why-outdated", {"path": composed.path})


def _step(message: str, layer: Layer, path: str, line: int) -> Note:
    return _fact(
        message,
        number=f"{layer.number:02}",
        title=layer.title[current_language()],
        file=f"{layer.shown(path)}:{line}",
    )


def _fact(message: str, **arguments: str | int) -> Note:
    return Note(message, arguments, trouble=False)
