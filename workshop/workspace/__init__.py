"""The learner's own app: what is in it, what it was, and how the tool changes it safely."""

from workshop.workspace.place import Workspace, open_workspace

__all__ = ["Workspace", "open_workspace"]
