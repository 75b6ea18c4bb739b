"""What a step brings, read from the composed files without importing any of them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from workshop.layers import Composition

ENVIRONMENT = ".env.example"
REQUIREMENTS = ("requirements.in", "requirements-dev.in")
MIGRATIONS = "migrations/versions/"


@dataclass(frozen=True)
class Setting:
    """One variable of ``.env.example`` with the comment above it."""

    name: str
    example: str
    comment: str


@dataclass(frozen=True)
class Dependency:
    """One line of a ``requirements*.in``."""

    requirement: str
    reason: str
    file: str

    @property
    def name(self) -> str:
        """The package's name, in lower case."""
        return re.split(r"[\[<>=!~; ]", self.requirement, maxsplit=1)[0].lower()


@dataclass(frozen=True)
class Migration:
    """One revision of the schema."""

    revision: str
    title: str
    path: str


def settings(composition: Composition) -> dict[str, Setting]:
    """Read ``.env.example``: a comment belongs to the variables below it, up to a blank line."""
    found: dict[str, Setting] = {}
    comment: list[str] = []
    fresh = True
    for line in _text(composition, ENVIRONMENT).splitlines():
        name, equals, value = line.partition("=")
        if line.startswith("#") and not re.fullmatch(r"#\s*[A-Z][A-Z0-9_]*", name.strip()):
            comment = [*([] if fresh else comment), line.removeprefix("#").strip()]
            fresh = False
        elif equals and re.fullmatch(r"#?\s*[A-Z][A-Z0-9_]*", name):
            key = name.lstrip("# ")
            found[key] = Setting(key, value.strip(), " ".join(comment))
            fresh = True
        elif not line.strip():
            comment, fresh = [], True
    return found


def dependencies(composition: Composition) -> dict[str, Dependency]:
    """Read the unpinned requirements by package name."""
    found: dict[str, Dependency] = {}
    for file in REQUIREMENTS:
        for line in _text(composition, file).splitlines():
            requirement, _, reason = line.partition("#")
            if requirement.strip() and not requirement.startswith("-"):
                dependency = Dependency(requirement.strip(), reason.strip(), file)
                found[dependency.name] = dependency
    return found


def migrations(composition: Composition) -> dict[str, Migration]:
    """Read the revisions by path."""
    found = {}
    for path in composition:
        if path.startswith(MIGRATIONS) and path.endswith(".py"):
            tree = ast.parse(composition[path].content)
            title = (ast.get_docstring(tree) or "").split("\n")[0]
            found[path] = Migration(_revision(tree), title, path)
    return found


def _revision(tree: ast.Module) -> str:
    for node in tree.body:
        if isinstance(node, ast.AnnAssign):
            targets: list[ast.expr] = [node.target]
        elif isinstance(node, ast.Assign):
            targets = node.targets
        else:
            continue
        named = [target.id for target in targets if isinstance(target, ast.Name)]
        if named == ["revision"] and isinstance(node.value, ast.Constant):
            return str(node.value.value)
    return ""


def _text(composition: Composition, path: str) -> str:
    return composition[path].content.decode("utf-8") if path in composition else ""
