"""Files of the layers that git would not take, so that no other checkout would have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop.layers.checks import finding
from workshop.layers.git import Repository, is_repository
from workshop.layers.layer import Layer
from workshop.layers.notes import Note
from workshop.project import Project


def check_ignored(project: Project, layers: Sequence[Layer]) -> Iterator[Note]:
    """Find files that a ``.gitignore`` hides, in ``steps/`` or once composed in ``final/``.

    Without git, or outside a repository, there is nothing to find.
    """
    if not is_repository(project.root):
        return
    asked: dict[str, tuple[int, str]] = {}
    for position, layer in enumerate(layers):
        for path in layer.files:
            asked[layer.shown(path)] = (position, path)
            asked[f"{project.final.name}/{path}"] = (position, path)
    given = "".join(f"{path}\0" for path in asked).encode("utf-8", "surrogateescape")
    # Exit code 1 means that none is ignored.
    _, output, _ = Repository(project.root).attempt("check-ignore", "-z", "--stdin", given=given)
    hidden = output.decode("utf-8", "surrogateescape").split("\0")
    for position, path in dict.fromkeys(asked[name] for name in hidden if name):
        yield finding("check-ignored", layers[position], path)
