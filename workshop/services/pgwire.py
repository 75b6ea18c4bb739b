"""Just enough of PostgreSQL's protocol to log in and run a statement.

A driver would do it too, but importing one takes longer than everything else in a warm check.
Source: PostgreSQL documentation, "Frontend/Backend Protocol"; RFC 5802 for the password exchange.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import socket
import struct
from types import TracebackType
from typing import Self

from workshop.services.errors import CrowdedError, NoAnswerError, NotReadyError, RefusedError

TIMEOUT = 5.0
PROTOCOL = 3 << 16
HEAD = struct.Struct("!ci")
LENGTH_OF_LENGTH = 4
LONGEST_MESSAGE = 1 << 20
STATES = {"57P03": NotReadyError, "53300": CrowdedError}

AUTHENTICATED, SASL, SASL_CONTINUE, SASL_FINAL = 0, 10, 11, 12


class Connection:
    """A connection to a PostgreSQL server, as a context manager."""

    def __init__(self, target: socket.socket) -> None:
        self._socket = target
        self._input = target.makefile("rb")

    def __enter__(self) -> Self:
        """Begin a block at whose end the connection is closed."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Say goodbye, so that the server logs nothing, and close."""
        try:
            self.send(b"X")
        except OSError:
            pass  # it has closed first
        finally:
            self._input.close()
            self._socket.close()

    def greet(self, user: str, database: str) -> None:
        """Open the conversation."""
        names = f"user\0{user}\0database\0{database}\0\0".encode()
        self._socket.sendall(struct.pack("!ii", len(names) + 8, PROTOCOL) + names)

    def send(self, kind: bytes, payload: bytes = b"") -> None:
        """Send one message."""
        self._socket.sendall(kind + struct.pack("!i", len(payload) + 4) + payload)

    def receive(self) -> tuple[bytes, bytes]:
        """Return kind and payload of the next message.

        Raises:
            NotReadyError: the server is still starting, or already stopping.
            CrowdedError: all its connections are in use.
            RefusedError: the server reports an error.
            NoAnswerError: the connection ended, or this is no PostgreSQL.

        """
        head = self._input.read(HEAD.size)
        if len(head) < HEAD.size:
            raise NoAnswerError("connection closed")
        kind, length = HEAD.unpack(head)
        rest = length - LENGTH_OF_LENGTH
        if not 0 <= rest <= LONGEST_MESSAGE:
            raise NoAnswerError("this is not PostgreSQL")
        payload = self._input.read(rest)
        if kind == b"E":
            raise _error(payload)
        return kind, payload

    def run(self, statement: str) -> list[str]:
        """Run one statement; return the first column of its rows, as text."""
        self.send(b"Q", statement.encode() + b"\0")
        return self.until_ready()

    def until_ready(self) -> list[str]:
        """Read until the server waits for the next statement."""
        column = []
        kind, payload = self.receive()
        while kind != b"Z":
            if kind == b"D":
                length = struct.unpack("!i", payload[2:6])[0]
                column.append(payload[6 : 6 + max(length, 0)].decode())
            kind, payload = self.receive()
        return column


def open_connection(target: socket.socket | tuple[str, int]) -> Connection:
    """Connect to a host and port, or take a socket that is connected."""
    if isinstance(target, tuple):
        target = socket.create_connection(target, TIMEOUT)
    target.settimeout(TIMEOUT)
    return Connection(target)


def login(port: int, user: str, password: str, database: str) -> Connection:
    """Log in on 127.0.0.1; the server has proved, too, that it knows the password.

    Raises:
        NoAnswerError: one of `workshop.services.errors`.

    """
    try:
        connection = open_connection(("127.0.0.1", port))
    except OSError as error:
        raise NoAnswerError(str(error)) from error
    try:
        connection.greet(user, database)
        _prove(connection, password)
        connection.until_ready()
    except BaseException as error:
        connection.close()
        if isinstance(error, OSError):
            raise NoAnswerError(str(error)) from error
        raise
    return connection


def greet(target: socket.socket | tuple[str, int], user: str, database: str) -> None:
    """See that a PostgreSQL server answers, without logging in.

    Raises:
        NoAnswerError: one of `workshop.services.errors`, except that a refusal is an answer, for
            whatever reason.

    """
    try:
        with open_connection(target) as connection:
            connection.greet(user, database)
            kind, _ = connection.receive()
    except (RefusedError, CrowdedError):
        return
    except OSError as error:
        raise NoAnswerError(str(error)) from error
    if kind not in b"Rv":
        raise NoAnswerError("this is not PostgreSQL")


def _prove(connection: Connection, password: str) -> None:
    """Exchange proofs of the password (SCRAM-SHA-256, RFC 5802)."""
    _expect(connection, SASL)
    nonce = base64.b64encode(os.urandom(18)).decode()
    opening = f"n=,r={nonce}"
    message = f"n,,{opening}".encode()
    connection.send(b"p", b"SCRAM-SHA-256\0" + struct.pack("!i", len(message)) + message)

    challenge = _expect(connection, SASL_CONTINUE).decode()
    parts = dict(part.split("=", 1) for part in challenge.split(","))
    if not parts["r"].startswith(nonce):
        raise NoAnswerError("not the server that was asked")
    salted = hashlib.pbkdf2_hmac(
        "sha256", password.encode(), base64.b64decode(parts["s"]), int(parts["i"])
    )
    closing = f"c=biws,r={parts['r']}"
    said = f"{opening},{challenge},{closing}".encode()
    key = _sign(salted, b"Client Key")
    signature = _sign(hashlib.sha256(key).digest(), said)
    proof = bytes(a ^ b for a, b in zip(key, signature, strict=True))
    connection.send(b"p", f"{closing},p={base64.b64encode(proof).decode()}".encode())

    answer = _expect(connection, SASL_FINAL)
    expected = b"v=" + base64.b64encode(_sign(_sign(salted, b"Server Key"), said))
    if not hmac.compare_digest(answer, expected):
        raise NoAnswerError("the server does not know the password")
    _expect(connection, AUTHENTICATED)


def _expect(connection: Connection, step: int) -> bytes:
    kind, payload = connection.receive()
    if kind != b"R" or struct.unpack("!i", payload[:4])[0] != step:
        raise NoAnswerError("unexpected answer")
    return payload[4:]


def _sign(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def _error(payload: bytes) -> NoAnswerError:
    fields = {part[:1]: part[1:].decode(errors="replace") for part in payload.split(b"\0") if part}
    kind = STATES.get(fields.get(b"C", ""), RefusedError)
    return kind(fields.get(b"M", "error"))
