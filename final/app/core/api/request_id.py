"""The id that ties an answer, its log lines and its errors together."""

import re
from uuid import uuid4

from starlette.requests import HTTPConnection

HEADER = "X-Request-ID"
ACCEPTED = re.compile(r"[A-Za-z0-9._-]{1,64}")
"""An id from outside goes into logs and headers: short, and nothing that either gives a meaning."""


def get_request_id(connection: HTTPConnection) -> str:
    """Return the caller's id if it is acceptable, else a new one; the same for the whole request.

    It is kept on the ASGI scope, so that whoever asks first decides for all layers.
    """
    state = connection.scope.setdefault("state", {})
    if "request_id" not in state:
        given = connection.headers.get(HEADER, "")
        state["request_id"] = given if ACCEPTED.fullmatch(given) else str(uuid4())
    return str(state["request_id"])
