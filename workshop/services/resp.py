"""Just enough of Redis' protocol to log in and ping.

A client library would do it too, but importing one takes longer than everything else in a warm
check. Source: Redis documentation, "Redis serialization protocol specification".
"""

from __future__ import annotations

import socket

from workshop.services.errors import NoAnswerError, NotReadyError, RefusedError

TIMEOUT = 5.0


def ping(target: socket.socket | tuple[str, int], *login: str) -> None:
    """Log in with ``password`` or ``user, password``, if given, and ping.

    Args:
        target: host and port, or a socket that is connected (and will be closed).
        login: what AUTH is given; nothing to ping without.

    Raises:
        NoAnswerError: one of `workshop.services.errors`.

    """
    asked = [("AUTH", *login)] if login else []
    answers = exchange(target, *asked, ("PING",))
    if answers[-1] != "+PONG":
        raise NoAnswerError("this is not Redis")


def exchange(target: socket.socket | tuple[str, int], *commands: tuple[str, ...]) -> list[str]:
    """Send commands whose answers are one line each; return the answers.

    Raises:
        NoAnswerError: one of `workshop.services.errors`.

    """
    try:
        if isinstance(target, tuple):
            target = socket.create_connection(target, TIMEOUT)
        with target, target.makefile("rb") as lines:
            target.settimeout(TIMEOUT)
            target.sendall(b"".join(map(_encode, commands)))
            return [_check(lines.readline(1000)) for _ in commands]
    except OSError as error:
        raise NoAnswerError(str(error)) from error


def _encode(command: tuple[str, ...]) -> bytes:
    words = [word.encode() for word in command]
    parts = [b"$%d\r\n%b\r\n" % (len(word), word) for word in words]
    return b"*%d\r\n%b" % (len(words), b"".join(parts))


def _check(line: bytes) -> str:
    answer = line.decode(errors="replace").rstrip("\r\n")
    if not answer:
        raise NoAnswerError("connection closed")
    if answer.startswith(("-LOADING", "-BUSY ", "-MASTERDOWN")):
        raise NotReadyError(answer[1:])
    if answer.startswith("-"):
        raise RefusedError(answer[1:])
    return answer
