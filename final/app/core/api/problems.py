"""The shape of every error: RFC 9457 problem details."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from app.core.api.request_id import HEADER, get_request_id
from app.core.exceptions import InvalidField

MEDIA_TYPE = "application/problem+json"


class FieldProblem(BaseModel):
    """One thing that is wrong with the request."""

    loc: list[str | int] = Field(description="Part of the request, then the way to the value")
    message: str
    code: str


class Problem(BaseModel):
    """What went wrong. Programs branch on `code`; the rest is for people."""

    type: str = Field(description="The kind of problem, as a URI; it ends in `code`")
    title: str
    status: int
    detail: str
    instance: str = Field(description="The path that was asked for")
    code: str
    request_id: str = Field(description="Quote it when you report the problem")
    errors: list[FieldProblem] | None = Field(None, description="With status 422: every mistake")


def make_type(code: str) -> str:
    """Name the kind of problem as RFC 9457 wants it: a URI, here one that leads nowhere."""
    return f"urn:problem-type:{code}"


def problem_response(  # noqa: PLR0913 - the members of the format, all named
    request: Request,
    *,
    status: int,
    code: str,
    title: str,
    detail: str,
    errors: Sequence[InvalidField] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with a problem; the id of the request is in the body and in the header."""
    problem = Problem(
        type=make_type(code),
        title=title,
        status=status,
        detail=detail,
        instance=request.url.path,
        code=code,
        request_id=get_request_id(request),
        errors=[FieldProblem.model_validate(error._asdict()) for error in errors] or None,
    )
    return Response(
        problem.model_dump_json(exclude_none=True),
        status_code=status,
        headers={**(headers or {}), HEADER: problem.request_id},
        media_type=MEDIA_TYPE,
    )
