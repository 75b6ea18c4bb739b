"""A request that is too large is not read to its end."""

from copy import deepcopy
from typing import Any

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.api.handlers import handle_application_exception
from app.core.api.openapi import document
from app.core.api.problems import MEDIA_TYPE
from app.core.exceptions import ApplicationException


class BodyTooLargeError(ApplicationException):
    """The body of the request is larger than this service takes."""

    status = 413
    code = "body_too_large"
    title = "Body too large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"The body may have {limit} bytes.")


class BodyLimitReached(HTTPException):
    """Raised where the body is read: FastAPI takes every other error there for bad JSON."""

    def __init__(self, limit: int) -> None:
        super().__init__(BodyTooLargeError.status)
        self.limit = limit


async def handle_body_limit(request: Request, error: BodyLimitReached) -> Response:
    """Answer as to any other error of ours; what is still on its way is not waited for."""
    return await handle_application_exception(request, BodyTooLargeError(error.limit))


class UnreadableBodyError(ApplicationException):
    """The body is no text, or breaks off: FastAPI raises this in words of its own."""

    status = 400
    code = "bad_request"
    title = "Bad Request"


def document_bodies(app: FastAPI) -> None:
    """Describe what becomes of a bad body, at every operation that has one."""
    generate = app.openapi
    errors = document(UnreadableBodyError, BodyTooLargeError)

    def openapi() -> dict[str, Any]:
        schema = generate()
        for methods in schema["paths"].values():
            for operation in methods.values():
                if "requestBody" in operation:
                    add_errors(operation["responses"], errors)
        return schema

    app.openapi = openapi  # type: ignore[method-assign]


def add_errors(responses: dict[str, Any], errors: dict[int | str, dict[str, Any]]) -> None:
    """Add them beside those of the same status."""
    for status, error in errors.items():
        known = responses.setdefault(str(status), deepcopy(error))
        examples = known["content"][MEDIA_TYPE]["examples"]
        examples |= error["content"][MEDIA_TYPE]["examples"]


class BodyLimitMiddleware:
    """Refuses a body that announces itself as too large, and stops reading one that becomes it.

    Starlette has one too, but its answer is plain text: our clients expect a problem.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or its first bytes."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced) > self._limit:
            error = BodyLimitReached(self._limit)
            response = await handle_body_limit(Request(scope), error)
            await response(scope, receive, send)
            return
        received = 0

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limit:
                raise BodyLimitReached(self._limit)
            return message

        await self.app(scope, receive_counted, send)
