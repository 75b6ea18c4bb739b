"""Which error becomes which problem."""

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.utils import is_body_allowed_for_status_code
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.core.api.problems import problem_response
from app.core.api.request_id import get_request_id
from app.core.db import DatabaseUnreachableError, StatementTimeoutError
from app.core.db.outages import is_outage
from app.core.exceptions import (
    ApplicationException,
    InvalidField,
    InvalidRequestError,
    UnavailableError,
)

logger = logging.getLogger(__name__)


async def handle_application_exception(request: Request, error: ApplicationException) -> Response:
    """Say what the error says."""
    return problem_response(
        request,
        status=error.status,
        code=error.code,
        title=error.title,
        detail=error.detail,
        errors=error.errors,
        headers=error.headers,
    )


async def handle_invalid_request(request: Request, error: RequestValidationError) -> Response:
    """Name every mistake that FastAPI found."""
    errors = (InvalidField(wrong["loc"], wrong["msg"], wrong["type"]) for wrong in error.errors())
    return await handle_application_exception(request, InvalidRequestError(*errors))


async def handle_http_exception(request: Request, error: HTTPException) -> Response:
    """Give the errors of the framework (404, 405, …) the same shape; their headers stay."""
    if not is_body_allowed_for_status_code(error.status_code):
        return Response(status_code=error.status_code, headers=error.headers)
    status = HTTPStatus(error.status_code)
    return problem_response(
        request,
        status=status,
        code=status.name.lower(),
        title=status.phrase,
        detail=str(error.detail),
        headers=error.headers,
    )


async def handle_busy(request: Request, error: Exception) -> Response:
    """Ask for patience when the database is away, takes nothing now, or takes too long."""
    # Of a statement, neither its text nor its values: they may be secrets.
    reason = error.orig if isinstance(error, DBAPIError) else error
    logger.warning("the database cannot be used: %s", reason)
    busy = UnavailableError("The service cannot reach its data now.", retry_after=1)
    return await handle_application_exception(request, busy)


async def handle_database_error(request: Request, error: DBAPIError) -> Response:
    """Tell an outage, which passes, from a mistake of ours, which does not."""
    if not is_outage(error):
        raise error
    return await handle_busy(request, error)


async def handle_unexpected(request: Request, _error: Exception) -> Response:
    """Reveal nothing but the id; the server logs the traceback right after this line."""
    logger.error("request %s failed", get_request_id(request))
    unexpected = ApplicationException("Something went wrong on our side.")
    return await handle_application_exception(request, unexpected)


HANDLERS: tuple[tuple[type[Exception], Callable[[Request, Any], Awaitable[Response]]], ...] = (
    (ApplicationException, handle_application_exception),
    (RequestValidationError, handle_invalid_request),
    (HTTPException, handle_http_exception),
    (PoolTimeoutError, handle_busy),
    (DatabaseUnreachableError, handle_busy),
    (StatementTimeoutError, handle_busy),
    (DBAPIError, handle_database_error),
    (Exception, handle_unexpected),
)


def setup_exception_handlers(app: FastAPI) -> None:
    """Answer every error of the app with a problem."""
    for error, handler in HANDLERS:
        app.add_exception_handler(error, handler)
