"""The one exception that the tool shows to people."""

from __future__ import annotations

from workshop.messages import Value, text


class WorkshopError(Exception):
    """A failure that says what happened, where, and which command or edit mends it.

    Args:
        message_id: id of the message in ``workshop/locales/<language>/*.ftl``.
        exit_code: what the command returns to the shell. 1: something is wrong with the work at
            hand; 2: the command was called wrongly; 3: the machine lacks something.
        arguments: values that the message shows.

    """

    def __init__(self, message_id: str, *, exit_code: int = 1, **arguments: Value) -> None:
        self.message_id = message_id
        self.arguments = arguments
        self.exit_code = exit_code
        super().__init__(message_id)

    def __str__(self) -> str:
        """Render in the language in force now."""
        return text(self.message_id, **self.arguments)
