"""Errors that have an answer for the client.

ApplicationException            500 internal_error
├── InvalidRequestError         422 invalid_request
│   └── PageOutOfRangeError
└── TryLaterError                   tells when
    ├── RateLimitedError        429 rate_limited
    └── UnavailableError        503 unavailable

A module's own errors inherit from these in its ``exceptions.py`` and choose their own ``code``.
"""

from collections.abc import Mapping
from typing import ClassVar, NamedTuple


class InvalidField(NamedTuple):
    """One thing that is wrong with a request."""

    loc: tuple[str | int, ...]
    """Where: first the part of the request (``query``, ``path``, ``body``), then the way to it."""
    message: str
    code: str


class ApplicationException(Exception):  # noqa: N818 - the specification's name
    """An error whose ``detail`` the client may read.

    Clients branch on ``code``, which never changes; ``title`` and ``detail`` are for people.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    title: ClassVar[str] = "Internal error"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail

    @property
    def headers(self) -> Mapping[str, str]:
        """What the response carries besides the body."""
        return {}

    @property
    def errors(self) -> tuple[InvalidField, ...]:
        """What is wrong with the request, field by field."""
        return ()


class InvalidRequestError(ApplicationException):
    """The request cannot be understood, or asks for what cannot be."""

    status = 422
    code = "invalid_request"
    title = "Invalid request"

    def __init__(self, *errors: InvalidField) -> None:
        super().__init__("The request does not fit what this operation takes: see errors.")
        self._errors = errors

    @property
    def errors(self) -> tuple[InvalidField, ...]:
        """What is wrong with the request, field by field."""
        return self._errors


class PageOutOfRangeError(InvalidRequestError):
    """The page asked for comes after the last one."""

    def __init__(self, page: int, last: int) -> None:
        message = f"page {page} does not exist, the last page is {last}"
        super().__init__(InvalidField(("query", "page"), message, "page_out_of_range"))


class TryLaterError(ApplicationException):
    """The same request may succeed in ``retry_after`` seconds."""

    def __init__(self, detail: str, *, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after

    @property
    def headers(self) -> Mapping[str, str]:
        """Tell clients when to come back."""
        return {"Retry-After": str(self.retry_after)}


class RateLimitedError(TryLaterError):
    """The client has spent its budget of requests."""

    status = 429
    code = "rate_limited"
    title = "Too many requests"


class UnavailableError(TryLaterError):
    """Something that the request needs does not answer now."""

    status = 503
    code = "unavailable"
    title = "Service unavailable"
