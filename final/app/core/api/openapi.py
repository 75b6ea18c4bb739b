"""Problems in the OpenAPI document, and Swagger UI that needs no Internet."""

from typing import Any
from urllib.parse import urljoin

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.routing import APIRoute
from pydantic.json_schema import models_json_schema
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from app.core.api.problems import MEDIA_TYPE, Problem, make_type
from app.core.exceptions import ApplicationException, InvalidRequestError

REFERENCE = "#/components/schemas/{model}"
_, DEFINITIONS = models_json_schema([(Problem, "serialization")], ref_template=REFERENCE)


def make_operation_id(route: APIRoute) -> str:
    """Name an operation the way client generators like it: ``users_get_list``."""
    return "_".join((*map(str, route.tags), route.name))


def document(*errors: type[ApplicationException]) -> dict[int | str, dict[str, Any]]:
    """Describe the errors of a route or router: the value of its ``responses``."""
    responses: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        content = {"schema": {"$ref": REFERENCE.format(model=Problem.__name__)}, "examples": {}}
        empty = {"description": error.title, "content": {MEDIA_TYPE: content}}
        response = responses.setdefault(error.status, empty)
        response["content"][MEDIA_TYPE]["examples"][error.code] = {"value": make_example(error)}
    return responses


def make_example(error: type[ApplicationException]) -> dict[str, Any]:
    """Show an error as a client would get it."""
    example: dict[str, Any] = {
        "type": make_type(error.code),
        "title": error.title,
        "status": error.status,
        "detail": (error.__doc__ or error.title).splitlines()[0],
        "instance": "/api/v1/users",
        "code": error.code,
        "request_id": "7c0e4a52-5b0f-4c4e-9a53-0d7f0b6c2f1e",
    }
    if issubclass(error, InvalidRequestError):
        wrong = {"loc": ["query", "page"], "message": "Input should be …", "code": "int_parsing"}
        example["errors"] = [wrong]
    return example


def setup_openapi(app: FastAPI) -> None:
    """Complete the document, and serve Swagger UI on ``/docs``."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        schema = generate()
        schema["components"]["schemas"].update(DEFINITIONS["$defs"])
        locate_tokens(schema, app.openapi_url or "")
        return schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way
    app.mount("/docs/assets", StaticFiles(packages=[("fastapi_swagger", "resources")]))
    app.add_route("/docs", show_docs, include_in_schema=False)


def locate_tokens(schema: dict[str, Any], document_url: str) -> None:
    """Say where a login gets its token from the root on; a module knows it from the prefix on."""
    for scheme in schema["components"].get("securitySchemes", {}).values():
        for flow in scheme.get("flows", {}).values():
            flow["tokenUrl"] = urljoin(document_url, flow["tokenUrl"])


async def show_docs(request: Request) -> HTMLResponse:
    """Show Swagger UI; every address is relative to where a proxy mounted the app."""
    root = request.scope.get("root_path", "").rstrip("/")
    return get_swagger_ui_html(
        title=request.app.title,
        openapi_url=f"{root}{request.app.openapi_url}",
        swagger_js_url=f"{root}/docs/assets/swagger-ui-bundle.js",
        swagger_css_url=f"{root}/docs/assets/swagger-ui.css",
        swagger_favicon_url=f"{root}/docs/assets/favicon-32x32.png",
    )
