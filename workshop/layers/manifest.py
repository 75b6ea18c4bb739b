"""Reading ``step.toml``; every mistake in it names the file, the key, the cause and the mend."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workshop.errors import WorkshopError
from workshop.layers.layer import MANIFEST
from workshop.layers.names import is_relative, refused_part
from workshop.messages import LANGUAGES

SERVICES = ("postgres", "redis", "smtp")

KEYS: dict[str, type] = {
    "number": int,
    "slug": str,
    "title": dict,
    "services": list,
    "removes": list,
    "appends": list,
    "replaces": dict,
}
REQUIRED = ("number", "slug", "title", "services")

_SLUG = re.compile(r"[a-z][a-z0-9_]*")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True)
class Manifest:
    """The contents of a ``step.toml``, validated."""

    number: int
    slug: str
    title: dict[str, str]
    services: tuple[str, ...]
    removes: tuple[str, ...]
    appends: tuple[str, ...]
    replaces: dict[str, str]


def read_manifest(content: bytes, file: str) -> Manifest:
    """Validate a ``step.toml``; ``file`` is how messages call it.

    Raises:
        WorkshopError: the first mistake found.

    """
    table = _parse(content, file)
    _check_keys(table, file)
    number, slug = table["number"], table["slug"]
    if number < 1 or not _SLUG.fullmatch(slug):
        raise WorkshopError("layers-slug-invalid", file=file, number=str(number), slug=slug)
    manifest = Manifest(
        number=number,
        slug=slug,
        title=_title(table["title"], file),
        services=_services(table["services"], file),
        removes=tuple(_strings(table.get("removes", []), "removes", file)),
        appends=tuple(_strings(table.get("appends", []), "appends", file)),
        replaces=_replaces(table.get("replaces", {}), file),
    )
    _check_paths(manifest, file)
    return manifest


def _parse(content: bytes, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise WorkshopError("layers-toml-encoding", file=file, position=error.start) from error
    except tomllib.TOMLDecodeError as error:
        raise WorkshopError("layers-toml-invalid", file=file, reason=str(error)) from error


def _check_keys(table: dict[str, Any], file: str) -> None:
    for key in table:
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, n=1)
            known = near[0] if near else ", ".join(KEYS)
            raise WorkshopError("layers-key-unknown", file=file, key=key, known=known)
    for key in REQUIRED:
        if key not in table:
            raise WorkshopError("layers-key-missing", file=file, key=key, example=_example(key))
    for key, value in table.items():
        _check_type(value, KEYS[key], key, file)


def _example(key: str) -> str:
    examples = {
        "number": "number = 2",
        "slug": 'slug = "api"',
        "title": 'title = { en = "API", ru = "API" }',
        "services": 'services = ["postgres"]',
    }
    return examples[key]


def _check_type(value: object, expected: type, key: str, file: str) -> None:
    # bool is a subclass of int, and `number = true` is no number.
    if not isinstance(value, expected) or isinstance(value, bool):
        raise WorkshopError(
            "layers-key-type",
            file=file,
            key=key,
            expected=expected.__name__,
            found=repr(value),
        )


def _strings(values: list[object], key: str, file: str) -> Iterator[str]:
    for value in values:
        _check_type(value, str, key, file)
        yield str(value)


def _title(table: dict[str, object], file: str) -> dict[str, str]:
    for language in LANGUAGES:
        if language not in table:
            example = f'{language} = "…"'
            raise WorkshopError(
                "layers-key-missing", file=file, key=f"title.{language}", example=example
            )
    for language, title in table.items():
        if language not in LANGUAGES:
            raise WorkshopError(
                "layers-key-unknown",
                file=file,
                key=f"title.{language}",
                known=", ".join(f"title.{known}" for known in LANGUAGES),
            )
        _check_type(title, str, f"title.{language}", file)
    return {language: str(table[language]) for language in LANGUAGES}


def _services(values: list[object], file: str) -> tuple[str, ...]:
    services = tuple(_strings(values, "services", file))
    for position, service in enumerate(services):
        if service not in SERVICES:
            known = ", ".join(SERVICES)
            raise WorkshopError("layers-service-unknown", file=file, service=service, known=known)
        if service in services[:position]:
            raise WorkshopError("layers-service-twice", file=file, service=service)
    return services


def _replaces(table: dict[str, object], file: str) -> dict[str, str]:
    for path, value in table.items():
        _check_type(value, str, f"replaces.{path}", file)
        if not _DIGEST.fullmatch(str(value)):
            raise WorkshopError("layers-digest-invalid", file=file, path=path, found=str(value))
    return {path: str(value) for path, value in table.items()}


def _check_paths(manifest: Manifest, file: str) -> None:
    seen: dict[str, str] = {}
    for key in ("replaces", "appends", "removes"):
        for path in getattr(manifest, key):
            if not is_relative(path) or refused_part(path) or path == MANIFEST:
                raise WorkshopError("layers-path-unsafe", file=file, key=key, path=path)
            if path in seen:
                raise WorkshopError(
                    "layers-path-twice", file=file, path=path, first=seen[path], second=key
                )
            seen[path] = key
