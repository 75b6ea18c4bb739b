"""The steps as the pages see them."""

from __future__ import annotations

from dataclasses import dataclass, field

from workshop.docs.places import Page, every_page
from workshop.errors import WorkshopError
from workshop.layers import Composition, Layer, compose, read_layers
from workshop.project import Project


@dataclass
class Course:
    """Layers, compositions and pages, each read once per build."""

    project: Project
    layers: tuple[Layer, ...]
    pages: dict[str, dict[str, Page]]
    _composed: dict[int, Composition] = field(default_factory=dict)

    def end_of(self, step: int) -> Composition:
        """Return the app at the end of a step; 0 is the empty folder.

        Raises:
            WorkshopError: there is no such step.

        """
        if not 0 <= step <= len(self.layers):
            raise WorkshopError("docs-step-unknown", asked=f"{step:02}", last=len(self.layers))
        if step not in self._composed:
            self._composed[step] = compose(self.layers[:step])
        return self._composed[step]

    @property
    def taught(self) -> tuple[Layer, ...]:
        """The steps that have a page."""
        pages = self.pages["en"]
        return tuple(layer for layer in self.layers if step_page(layer) in pages)


def read_course(project: Project) -> Course:
    """Read everything that the pages are made from.

    Raises:
        WorkshopError: a mistake in ``steps/``.

    """
    return Course(project, read_layers(project), every_page(project))


def step_page(layer: Layer) -> str:
    """Name the page that teaches a step."""
    return f"steps/{layer.name}.md"


def changes_page(layer: Layer) -> str:
    """Name the generated page that lists what a step changes."""
    return f"changes/{layer.name}.md"
