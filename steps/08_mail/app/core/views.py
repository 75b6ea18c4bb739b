"""Views: Jinja2 files that become messages and pages."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape


@cache
def create_environment(*directories: Path) -> Environment:
    """Make what loads views, the first directory first.

    In HTML every value is escaped unless the view says otherwise; text has nothing to escape. A
    name that a view uses and nobody gives is an error, not an empty place.
    """
    return Environment(
        loader=FileSystemLoader(directories),
        autoescape=select_autoescape(["html"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, context: Mapping[str, Any], *directories: Path) -> str:
    """Render a view of one of the directories.

    Raises:
        jinja2.TemplateNotFound: there is no such view.
        jinja2.UndefinedError: the view uses a name that the context does not have.

    """
    return create_environment(*directories).get_template(name).render(context)
