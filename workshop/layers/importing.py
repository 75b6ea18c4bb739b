"""Reading an edited chain of step branches back into the layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workshop.errors import WorkshopError
from workshop.layers.branches import branch_name, step_branches
from workshop.layers.checks import check
from workshop.layers.git import Repository, open_repository
from workshop.layers.layer import Layer, LayerFile, digest
from workshop.layers.notes import Note
from workshop.layers.snapshots import read_commit
from workshop.layers.storing import changed_files, store
from workshop.project import Project

Tree = Mapping[str, LayerFile]


def import_branches(project: Project, layers: Sequence[Layer]) -> list[Note]:
    """Make each layer the difference between its branch and the step that the branch is built on.

    A file that some step appends to stays an append where it only grew; another changed file is a
    replacement, pinned to what it was changed from.

    Returns:
        Which files of the layers changed, and what has to be mended after it.

    Raises:
        WorkshopError: the branches and the layers do not match; a file would be overwritten whose
            present content git does not have.

    """
    repository = open_repository(project.root)
    tips = _tips(repository, layers)
    growing = {path for layer in layers for path in layer.appends}
    after: list[Layer] = []
    notes: list[Note] = []
    for layer in layers:
        branch, lower = branch_name(layer.number), branch_name(layer.number - 1)
        base = _base(repository, layer, tips)
        if base != tips.get(lower):
            notes.append(Note("import-not-rebased", {"branch": branch, "lower": lower}))
        below = read_commit(repository, base) if base else {}
        after.append(difference(layer, below, read_commit(repository, tips[branch]), growing))
    changed = changed_files(layers, after)
    _refuse_unsaved(project, repository, changed)
    store(project, layers, after)
    told = [Note("import-changed", {"file": file}, trouble=False) for file in changed]
    return [*told, *notes, *check(after)]


def difference(layer: Layer, below: Tree, above: Tree, growing: set[str]) -> Layer:
    """Return the layer that leads from one tree to the other; what it declared stays if it can."""
    files: dict[str, LayerFile] = {}
    replaces: dict[str, str] = {}
    appends: set[str] = set()
    for path, file in above.items():
        lower = below.get(path)
        grown = _grown(lower, file) if path in growing and path not in layer.replaces else None
        if lower == file:
            continue
        if lower is None:
            files[path] = file
        elif grown is not None:
            files[path] = LayerFile(grown)
            appends.add(path)
        else:
            files[path] = file
            replaces[path] = digest(lower.content)
    return replace(
        layer,
        files=dict(sorted(files.items())),
        replaces={path: replaces[path] for path in _ordered(layer.replaces, replaces)},
        appends=_ordered(layer.appends, appends),
        removes=_ordered(layer.removes, set(below) - set(above)),
    )


def _grown(lower: LayerFile | None, file: LayerFile) -> bytes | None:
    """Return what was added under the end of a file, or None if something else changed."""
    if lower is None or lower.executable != file.executable:
        return None
    ended = not lower.content or lower.content.endswith(b"\n")
    start = lower.content if ended else lower.content + b"\n"
    return file.content[len(start) :] or None if file.content.startswith(start) else None


def _ordered(
    known: Mapping[str, str] | Sequence[str], wanted: Mapping[str, str] | set[str]
) -> tuple[str, ...]:
    """Keep the order of a ``step.toml``; what is new comes after it, sorted."""
    kept = [path for path in known if path in wanted]
    return (*kept, *sorted(set(wanted) - set(kept)))


def _tips(repository: Repository, layers: Sequence[Layer]) -> dict[str, str]:
    tips = step_branches(repository)
    wanted = [branch_name(layer.number) for layer in layers]
    for branch in wanted:
        if branch not in tips:
            raise WorkshopError("import-branch-missing", branch=branch)
    for branch in tips:
        if branch not in wanted:
            number = branch.removeprefix("step-")
            raise WorkshopError("import-layer-missing", branch=branch, number=number)
    return tips


def _base(repository: Repository, layer: Layer, tips: Mapping[str, str]) -> str | None:
    """Find the commit of the step below that a branch is built on; None for the first step.

    It is the tip of the lower branch, or else the nearest ancestor that the lower step's trailer
    marks: somebody has changed the lower branch and not rebased this one.
    """
    if layer.number == 1:
        return None
    branch, lower = branch_name(layer.number), branch_name(layer.number - 1)
    mark = f"{layer.number - 1:02}_"
    trailer = "%(trailers:key=Workshop-Step,valueonly,separator=%x2C)"
    for line in repository.lines("log", "--first-parent", f"--format=%H {trailer}", tips[branch]):
        commit, _, marked = line.partition(" ")
        if commit == tips[lower] or (marked.startswith(mark) and commit != tips[branch]):
            return commit
    raise WorkshopError("import-no-base", branch=branch, lower=lower)


def _refuse_unsaved(project: Project, repository: Repository, changed: Sequence[str]) -> None:
    """Refuse to write over work in ``steps/`` that was not committed."""
    options = ("--porcelain", "-z", "--untracked-files=all", "--ignored=matching", "--no-renames")
    status = repository.entries("status", *options, "--", project.steps.name)
    unsaved = {entry[3:] for entry in status} & set(changed)
    if unsaved:
        raise WorkshopError("import-unsaved", file=min(unsaved), count=len(unsaved))
