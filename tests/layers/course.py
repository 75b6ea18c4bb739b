"""A small course for tests: real files in ``steps/``, and a real git repository on demand."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop.layers import Layer, compose, read_layers
from workshop.project import Project

Content = str | bytes


def as_bytes(content: Content) -> bytes:
    """Take text as UTF-8 with the line ends as they are."""
    return content.encode() if isinstance(content, str) else content


@dataclass
class Course:
    """A checkout with steps that a test adds one by one."""

    root: Path

    @property
    def project(self) -> Project:
        """The paths of the checkout."""
        return Project(self.root)

    def step(
        self,
        slug: str,
        files: Mapping[str, Content],
        *,
        appends: Iterable[str] = (),
        removes: Iterable[str] = (),
        replaces: Mapping[str, str] | None = None,
    ) -> Path:
        """Add the next step; by default what lies over a lower file is declared and pinned."""
        number = len(list((self.root / "steps").iterdir())) + 1
        if replaces is None:
            below = compose(read_layers(self.project)) if number > 1 else {}
            over = [path for path in files if path in below and path not in appends]
            replaces = {path: below[path].digest for path in over}
        folder = self.root / "steps" / f"{number:02}_{slug}"
        folder.mkdir()
        write_manifest(
            folder,
            number=number,
            slug=slug,
            services=["postgres"],
            removes=list(removes),
            appends=list(appends),
            title={"en": slug.title(), "ru": f"Шаг {slug}"},
            replaces=replaces,
        )
        for path, content in files.items():
            write(folder / path, content)
        return folder

    def layers(self) -> tuple[Layer, ...]:
        """Read the steps as they are on the disk now."""
        return read_layers(self.project)

    def texts(self, number: int | None = None) -> dict[str, str]:
        """Compose the first ``number`` steps, or all, into plain texts."""
        composition = compose(self.layers()[:number])
        return {path: file.content.decode() for path, file in composition.items()}

    def git(self, *arguments: str, folder: Path | None = None) -> str:
        """Run git as somebody who is not the tool."""
        identity = ("-c", "user.name=Автор", "-c", "user.email=author@example.org")
        settings = ("-c", "core.autocrlf=false", "-c", "commit.gpgsign=false")
        done = subprocess.run(
            ("git", *identity, *settings, *arguments),
            cwd=folder or self.root,
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
        return done.stdout.strip()

    def commit(self, message: str = "steps") -> None:
        """Commit everything, in a repository that is made at the first call."""
        if not (self.root / ".git").exists():
            self.git("init", "--quiet", "--initial-branch=main")
            write(self.root / ".gitignore", ".workshop/\n__pycache__/\n.env\n")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)


def write(path: Path, content: Content) -> None:
    """Write a file and the directories that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_bytes(content))


def write_manifest(folder: Path, **table: object) -> None:
    """Write a ``step.toml``; tables come last, as TOML wants it."""
    plain = [f"{key} = {_toml(value)}" for key, value in table.items() if not _is_table(value)]
    tables = [
        "\n".join(
            (f"\n[{key}]", *(f"{_toml(name)} = {_toml(item)}" for name, item in value.items()))
        )
        for key, value in table.items()
        if isinstance(value, Mapping)
    ]
    write(folder / "step.toml", "\n".join((*plain, *tables)) + "\n")


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _toml(value: object) -> str:
    # What these tests write is the same in JSON and TOML.
    return json.dumps(value, ensure_ascii=False)


def tree(folder: Path) -> dict[str, bytes]:
    """Read a written tree without the tool's own state and git's."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not {".workshop", ".git"} & set(path.relative_to(folder).parts)
    }
