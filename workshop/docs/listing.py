"""``python -m workshop.docs.listing``: the commands of the tool as JSON, for the reference page."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import typer.main

from workshop.cli.main import build


def walk(command: Any, name: str) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - typer's click is vendored in some versions
    """Yield each command that does something; groups only pass on to theirs."""
    nested = getattr(command, "commands", {})
    for own, inner in nested.items():
        yield from walk(inner, f"{name} {own}".strip())
    if nested:
        return
    yield {
        "name": name,
        "help": (command.help or "").strip(),
        "parameters": [_parameter(parameter) for parameter in command.params],
    }


def _parameter(parameter: Any) -> dict[str, str]:  # noqa: ANN401 - as above
    option = parameter.param_type_name == "option"
    metavar = parameter.metavar or ("" if option else parameter.name.upper())
    if not option and not parameter.required:
        metavar = f"[{metavar}]"
    if parameter.nargs == -1:
        metavar += "..."
    name = " ".join([*(parameter.opts if option else ()), metavar]).strip()
    return {"name": name, "help": getattr(parameter, "help", None) or ""}


if __name__ == "__main__":
    root = typer.main.get_command(build())
    json.dump(list(walk(root, "")), sys.stdout, ensure_ascii=False)
