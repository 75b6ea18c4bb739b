"""The chain of step branches: commit k's tree is the end of step k, its parent is step k-1."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workshop.errors import WorkshopError
from workshop.layers.composition import compose
from workshop.layers.git import Repository, open_repository
from workshop.layers.layer import Layer
from workshop.layers.notes import Note
from workshop.layers.snapshots import AUTHOR, Snapshot, write_chain
from workshop.project import Project

_PREFIX = "refs/heads/"


def branch_name(number: int) -> str:
    """Name the branch that holds the end of a step, such as ``step-05``."""
    return f"step-{number:02}"


def commit_message(layer: Layer) -> str:
    """Describe a step's commit: the titles, and a trailer that `import_branches` reads."""
    subject = f"Step {layer.number:02}: {layer.title['en']}"
    return f"{subject}\n\n{layer.title['ru']}\n\nWorkshop-Step: {layer.name}\n"


def build_branches(project: Project, layers: Sequence[Layer], *, force: bool = False) -> list[Note]:
    """Make the branches ``step-01``, ``step-02``, … anew; the same layers give the same hashes.

    The work tree and the index are never touched. A branch of a step that is no more is deleted.

    Raises:
        WorkshopError: git is missing or this is no repository; a branch holds somebody's commits
            and ``force`` is false; a branch that would change is checked out somewhere.

    """
    repository = open_repository(project.root)
    snapshots = [
        Snapshot(compose(layers[: layer.number]).files, commit_message(layer), layer.number)
        for layer in layers
    ]
    commits = write_chain(repository, snapshots)
    wanted = {
        branch_name(layer.number): commit for layer, commit in zip(layers, commits, strict=True)
    }
    present = step_branches(repository)
    changing = [
        branch
        for branch in sorted({*wanted, *present})
        if wanted.get(branch) != present.get(branch)
    ]
    _refuse_checked_out(repository, changing)
    if not force:
        _refuse_foreign(repository, [branch for branch in changing if branch in present])
    _update(repository, {branch: wanted.get(branch) for branch in changing}, present)
    return [_told(branch, commit, branch in changing) for branch, commit in wanted.items()] + [
        Note("branches-deleted", {"branch": branch}, trouble=False)
        for branch in changing
        if branch not in wanted
    ]


def step_branches(repository: Repository) -> dict[str, str]:
    """Return the step branches that exist, with their commits."""
    listed = repository.lines(
        "for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", f"{_PREFIX}step-*"
    )
    found = dict(line.split(" ") for line in listed)
    return {branch: found[branch] for branch in found if re.fullmatch(r"step-\d\d", branch)}


def _told(branch: str, commit: str, changed: bool) -> Note:  # noqa: FBT001 - private, named by its only caller
    message = "branches-written" if changed else "branches-unchanged"
    return Note(message, {"branch": branch, "commit": commit[:12]}, trouble=False)


def _refuse_checked_out(repository: Repository, branches: Sequence[str]) -> None:
    folder = ""
    for line in repository.lines("worktree", "list", "--porcelain"):
        key, _, value = line.partition(" ")
        if key == "worktree":
            folder = value
        branch = value.removeprefix(_PREFIX)
        if key == "branch" and branch in branches:
            raise WorkshopError("branches-checked-out", branch=branch, folder=folder)


def _refuse_foreign(repository: Repository, branches: Sequence[str]) -> None:
    ours = f"{AUTHOR[0]} <{AUTHOR[1]}>"
    for branch in branches:
        logged = repository.lines("log", "--format=%cn <%ce>%x09%h %s", f"{_PREFIX}{branch}")
        foreign = [line.split("\t", 1)[1] for line in logged if not line.startswith(f"{ours}\t")]
        if foreign:
            raise WorkshopError(
                "branches-foreign", branch=branch, commit=foreign[0], count=len(foreign)
            )


def _update(repository: Repository, wanted: dict[str, str | None], present: dict[str, str]) -> None:
    # One transaction that also checks that nobody moved a branch since it was looked at.
    orders = []
    for branch, commit in wanted.items():
        if commit is None:
            orders.append(f"delete {_PREFIX}{branch} {present[branch]}\n")
        elif branch in present:
            orders.append(f"update {_PREFIX}{branch} {commit} {present[branch]}\n")
        else:
            orders.append(f"create {_PREFIX}{branch} {commit}\n")
    repository.run("update-ref", "--stdin", given="".join(orders).encode())
