"""Where the parts of the repository are."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from workshop.errors import WorkshopError


@dataclass(frozen=True)
class Project:
    """The paths of one checkout. Nothing else in the tool joins path fragments to the root."""

    root: Path

    @property
    def steps(self) -> Path:
        """The layers: one directory per step."""
        return self.root / "steps"

    @property
    def final(self) -> Path:
        """The composition of all layers, generated."""
        return self.root / "final"

    @property
    def exercises(self) -> Path:
        """The exercises, one directory per step."""
        return self.root / "exercises"

    @property
    def workspace(self) -> Path:
        """The learner's own app, a git repository of its own."""
        return self.root / "workspace"

    @property
    def state(self) -> Path:
        """State that can be made anew: services' data, logs, builds. Ignored by git."""
        return self.root / ".workshop"

    def build(self, name: str) -> Path:
        """A composed tree that the tool may rewrite at any time, such as ``step-02``."""
        return self.state / "build" / name

    def relative(self, path: Path) -> str:
        """Show a path of this checkout the way a person would type it from the root."""
        try:
            return path.resolve().relative_to(self.root).as_posix()
        except ValueError:
            return str(path)


def find_project() -> Project:
    """Find the checkout, from any current directory.

    ``WORKSHOP_ROOT`` wins; else the checkout that this package lies in.

    Raises:
        WorkshopError: the place found is not a checkout of the workshop.

    """
    override = os.environ.get("WORKSHOP_ROOT")
    root = Path(override).resolve() if override else Path(__file__).resolve().parent.parent
    if not (root / "steps").is_dir():
        raise WorkshopError("project-not-found", path=str(root))
    return Project(root)
