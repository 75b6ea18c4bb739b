"""What the learner has done, by the ids of the tasks: it survives every start and update."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from workshop.layers.tree import write_file
from workshop.workspace.place import Workspace, make_state_folder


@dataclass
class Progress:
    """Everything that is remembered about tasks."""

    done: dict[str, bool] = field(default_factory=dict)
    """Task id -> whether its tests passed at the last check that ran them."""
    ever: list[str] = field(default_factory=list)
    """Tasks whose tests have ever passed."""
    hints: dict[str, int] = field(default_factory=dict)
    """Task id -> how many hints were shown."""
    current: str = ""
    """The first task that the last check found unfinished."""


def read_progress(workspace: Workspace) -> Progress:
    """Read what is known; a file that cannot be understood means that nothing is."""
    try:
        path = workspace.state_folder / "progress.json"
        return Progress(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Progress()


def write_progress(workspace: Workspace, progress: Progress) -> None:
    """Replace the file in one step."""
    make_state_folder(workspace)
    content = json.dumps(asdict(progress), indent=1, sort_keys=True).encode()
    write_file(workspace.state_folder / "progress.json", content, workspace.state_folder)
