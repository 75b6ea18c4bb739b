"""The routes of each step, told by the app itself in its OpenAPI document."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from workshop.docs.course import Course
from workshop.docs.outputs import Route, routes_path
from workshop.errors import WorkshopError
from workshop.layers import Composition, write_tree
from workshop.layers.notes import Note

ROUTES = "routes"
MAIN = "app/main.py"

ASK = """
import json, sys
from app.main import init_app
paths = init_app().openapi()["paths"]
rows = [
    [method.upper(), path, operation.get("description", "").split("\\n")[0]]
    for path, operations in paths.items()
    for method, operation in operations.items()
]
json.dump(sorted(rows, key=lambda row: (row[1], row[0])), sys.stdout)
"""

SETTINGS = {
    "ENVIRONMENT": "local",
    "DATABASE_URL": "postgresql://nobody:nothing@127.0.0.1:1/app",
    "FIRST_ADMIN_PASSWORD": "example-password",
}
"""Enough for the app to be built; it connects to nothing before the first request."""


def ask_routes(course: Course, step: int) -> list[Route]:
    """Build the app as it is at the end of a step and read what it serves.

    Raises:
        WorkshopError: the app cannot be built.

    """
    composition = course.end_of(step)
    if MAIN not in composition:
        return []
    with tempfile.TemporaryDirectory(prefix="workshop-routes-") as folder:
        write_tree(composition, Path(folder))
        ended = subprocess.run(
            [sys.executable, "-c", ASK],
            cwd=folder,
            env={**os.environ, **SETTINGS, "PYTHONPATH": ""},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    if ended.returncode:
        raise WorkshopError("docs-ask-failed", command=MAIN, output=ended.stderr.strip())
    return [Route(*row) for row in json.loads(ended.stdout)]


def read_of(composition: Composition) -> str:
    """Name the state of all code that could change the routes."""
    digest = hashlib.sha256()
    for path, file in composition.items():
        if path.startswith("app/"):
            digest.update(f"{path}\0".encode() + file.content)
    return digest.hexdigest()[:16]


def stale_routes(course: Course, step: int) -> bool:
    """Tell whether the stored routes differ from the app's; the app is asked only if it changed.

    Raises:
        WorkshopError: the app cannot be built.

    """
    path = routes_path(course.project, step)
    stored = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"routes": []}
    if stored.get("of") == read_of(course.end_of(step)):
        return False
    return [Route(*row) for row in stored["routes"]] != ask_routes(course, step)


def record_routes(course: Course) -> list[Note]:
    """Store the routes of every step that serves something.

    Raises:
        WorkshopError: an app cannot be built.

    """
    notes = []
    for layer in course.layers:
        found = ask_routes(course, layer.number)
        path = routes_path(course.project, layer.number)
        if not found:
            continue
        made = routes_text(found, read_of(course.end_of(layer.number)))
        same = path.is_file() and path.read_text(encoding="utf-8") == made
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, encoding="utf-8", newline="\n")
        message = "docs-recorded-same" if same else "docs-recorded"
        notes.append(Note(message, {"file": course.project.relative(path)}, trouble=False))
    return notes


def routes_text(routes: list[Route], of: str) -> str:
    """Write the routes the way they are kept, one a line, with the state that told them."""
    rows = [json.dumps([route.method, route.path, route.summary]) for route in routes]
    listed = ",\n".join(f"    {row}" for row in rows)
    return f'{{\n  "of": "{of}",\n  "routes": [\n{listed}\n  ]\n}}\n'
