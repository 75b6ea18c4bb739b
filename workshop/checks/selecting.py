"""Which tests a step in the middle runs: its own, and the earlier ones closest to what it changes.

All tests of all steps below would make a run that grows with the square of the number of steps.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from workshop.layers import Layer, compose

TESTS = "tests"
CODE = "app"
TOP_MODULE = 2
"""Parts of ``app.main``: its package passes nothing on."""


def closest_tests(layers: Sequence[Layer]) -> tuple[str, ...]:
    """List the test files that say most about the last of these layers.

    They are those that it lays (adds, replaces, extends); the earlier ones that import by name a
    module that it replaces or extends; and, if it touches another top folder such as
    ``migrations``, those in the folder of tests of that name.

    Raises:
        WorkshopError: the layers cannot be composed.

    """
    top = layers[-1]
    changed = set(changed_modules(top))
    folders = {f"{TESTS}/{folder}/" for folder in other_folders(top)}
    return tuple(
        path
        for path, file in compose(layers).items()
        if is_test(path)
        and (
            path in top.files
            or path.startswith(tuple(folders))
            or not changed.isdisjoint(imported_names(file.content))
        )
    )


def is_test(path: str) -> bool:
    """Tell whether pytest collects this file of the app."""
    place = PurePosixPath(path)
    return place.parts[0] == TESTS and place.match("test_*.py")


def changed_modules(layer: Layer) -> Iterator[str]:
    """Name the modules that were there below, and the packages that pass their names on."""
    for path in (*layer.replaces, *layer.appends):
        if path.endswith(".py"):
            module = PurePosixPath(path).with_suffix("")
            if module.name != "__init__":
                yield ".".join(module.parts)
            if len(module.parts) > TOP_MODULE:
                yield ".".join(module.parts[:-1])


def other_folders(layer: Layer) -> set[str]:
    """Name the top folders beside ``app`` and ``tests`` in which the layer lays something."""
    tops = {path.partition("/")[0] for path in layer.files if "/" in path}
    return tops - {CODE, TESTS}


def imported_names(source: bytes) -> Iterator[str]:
    """Name what a module imports; ``from a import b`` may mean the module ``a.b``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
