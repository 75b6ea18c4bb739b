"""Just enough of SMTP to be greeted and to log in.

``smtplib`` would do it too, but importing it takes longer than everything else in a warm check.
Sources: RFC 5321 and, for the login, RFC 4616 and RFC 4954.
"""

from __future__ import annotations

import base64
import socket
from typing import BinaryIO

from workshop.services.errors import NoAnswerError, NotReadyError, RefusedError

TIMEOUT = 5.0
LONGEST_LINE = 1000
MOST_LINES = 100


def greet(target: socket.socket | tuple[str, int], *login: str) -> None:
    """Wait for the server's greeting, say hello, and log in.

    Args:
        target: host and port, or a socket that is connected (and will be closed).
        login: user and password; nothing to say hello without.

    Raises:
        NoAnswerError: one of `workshop.services.errors`.

    """
    commands = [b"EHLO localhost"]
    if login:
        secret = base64.b64encode("\0".join(("", *login)).encode())
        commands.append(b"AUTH PLAIN " + secret)
    try:
        if isinstance(target, tuple):
            target = socket.create_connection(target, TIMEOUT)
        with target, target.makefile("rb") as lines:
            target.settimeout(TIMEOUT)
            _expect_success(lines)
            for command in commands:
                target.sendall(command + b"\r\n")
                _expect_success(lines)
            target.sendall(b"QUIT\r\n")
    except OSError as error:
        raise NoAnswerError(str(error)) from error


def _expect_success(lines: BinaryIO) -> None:
    """Read an answer, which may have many lines: all but the last have a hyphen after the code."""
    for _ in range(MOST_LINES):
        line = lines.readline(LONGEST_LINE).decode(errors="replace").rstrip("\r\n")
        if not line:
            raise NoAnswerError("connection closed")
        if not line[:3].isdigit():
            raise NoAnswerError("this is not a mail server")
        if line[3:4] != "-":
            _check(line)
            return
    raise NoAnswerError("this is not a mail server")


def _check(line: str) -> None:
    if line.startswith("4"):
        raise NotReadyError(line)
    if not line.startswith("2"):
        raise RefusedError(line)
