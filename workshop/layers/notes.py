"""What the engine has to say about a file: a fact, or a trouble with its mend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from workshop.messages import Value, text


@dataclass(frozen=True)
class Note:
    """A message that is kept until somebody shows it.

    Args:
        message_id: id of the message in ``workshop/locales``.
        arguments: values that the message shows.
        trouble: whether something has to be mended.

    """

    message_id: str
    arguments: Mapping[str, Value]
    trouble: bool = True

    def __str__(self) -> str:
        """Render in the language in force now."""
        return text(self.message_id, **self.arguments)


def typed(path: str) -> str:
    """Write a path the way a shell takes it as one word."""
    return path if re.fullmatch(r"[\w./\\:+@=,-]+", path) else f'"{path}"'
