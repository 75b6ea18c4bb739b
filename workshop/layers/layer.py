"""What a layer is: one step's own files, and how they lie on the steps below."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MANIFEST = "step.toml"


@dataclass(frozen=True)
class LayerFile:
    """One file as a layer holds it."""

    content: bytes
    executable: bool = False


@dataclass(frozen=True)
class Layer:
    """One step: its description from ``step.toml`` and its files, read into memory.

    Paths are relative to the app, with ``/``, as in ``app/main.py``.
    """

    number: int
    slug: str
    title: Mapping[str, str]
    services: tuple[str, ...]
    path: Path
    """The directory ``steps/NN_slug``."""
    files: Mapping[str, LayerFile]
    replaces: Mapping[str, str]
    """Path -> `digest` of the composed file below that the replacement was written against."""
    appends: tuple[str, ...] = ()
    """Paths whose file here is laid under the end of the composed file below."""
    removes: tuple[str, ...] = ()
    """Paths of lower layers that are no longer there from this step on."""
    empty: tuple[str, ...] = ()
    """Directories that hold nothing: git would not keep them."""

    @property
    def name(self) -> str:
        """The directory's name, such as ``02_api``."""
        return f"{self.number:02}_{self.slug}"

    def shown(self, path: str) -> str:
        """Show one of this layer's paths as a person types it: ``steps/02_api/Procfile``."""
        return f"{self.path.parent.name}/{self.name}/{path}"


def digest(content: bytes) -> str:
    """Name a content in ``[replaces]``: ``sha256:`` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def lines_of(content: bytes) -> list[bytes]:
    r"""Split after each ``\n`` and nowhere else, so that the pieces join to the same bytes."""
    return re.findall(rb"[^\n]*\n|[^\n]+", content)
