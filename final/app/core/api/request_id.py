"""The id that ties an answer, its log lines and its errors together."""

import re
from uuid import uuid4

from starlette.requests import HTTPConnection

HEADER = "X-Request-ID"
RAW_HEADER = HEADER.lower().encode()
"""As a server gives it to the app."""
ACCEPTED = re.compile(rb"[A-Za-z0-9._-]{1,64}")
"""An id from outside goes into logs and headers: short, and nothing that either gives a meaning."""


def get_request_id(connection: HTTPConnection) -> str:
    """Return the caller's id if it is acceptable, else a new one; the same for the whole request.

    It is kept on the ASGI scope, so that whoever asks first decides for all layers.
    """
    state = connection.scope.setdefault("state", {})
    if "request_id" not in state:
        given = get_header(connection)
        state["request_id"] = given.decode() if ACCEPTED.fullmatch(given) else str(uuid4())
    return str(state["request_id"])


def get_header(connection: HTTPConnection) -> bytes:
    """Return the caller's id; `connection.headers` would be made only to read this one of them."""
    for name, value in connection.scope["headers"]:
        if name == RAW_HEADER:
            return bytes(value)
    return b""
