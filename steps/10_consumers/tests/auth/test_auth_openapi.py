"""Authentication in the OpenAPI document, as Swagger UI uses it."""

from typing import Any

import pytest

from app.core.api.problems import MEDIA_TYPE
from app.core.configs import AppConfig
from app.main import init_app
from tests.fixtures.client import call


@pytest.mark.parametrize("prefix", ["/api/v1", "/shop/v1"])
async def test_authorize_button_finds_the_login(prefix: str) -> None:
    """The form of Swagger UI is sent to a route that takes it."""
    app = init_app(AppConfig(API_V1_STR=prefix))
    async with call(app) as client:
        for _ in range(2):  # the document is made once and shown many times
            document = (await client.get(f"{prefix}/openapi.json")).json()
        ((name, scheme),) = document["components"]["securitySchemes"].items()
        assert (name, scheme["type"]) == ("password", "oauth2")
        address = scheme["flows"]["password"]["tokenUrl"]
        assert address == f"{prefix}/auth/login"
        assert "post" in document["paths"][address]


def test_routes_that_need_a_user_say_so() -> None:
    """And the others do not: Swagger UI shows a lock where one is."""
    document: dict[str, Any] = init_app().openapi()
    locked = {
        operation["operationId"]
        for path in document["paths"].values()
        for operation in path.values()
        if operation.get("security") and {"auth", "users"} & set(operation["tags"])
    }
    assert locked == {
        *("auth_log_out", "auth_get_me"),
        *("users_update", "users_change_status", "users_delete", "users_restore"),
    }


@pytest.mark.parametrize(
    ("method", "path"),
    [("put", "/api/v1/users/{user_id}/status"), ("delete", "/api/v1/users/{user_id}")],
)
def test_refusal_to_end_the_last_administrator_is_documented(method: str, path: str) -> None:
    """Only here it can happen."""
    document: dict[str, Any] = init_app().openapi()
    answer = document["paths"][path][method]["responses"]["409"]
    assert set(answer["content"][MEDIA_TYPE]["examples"]) == {"last_administrator"}


def test_errors_of_a_protected_route_are_documented() -> None:
    """Every code that a client may branch on."""
    document: dict[str, Any] = init_app().openapi()
    responses = document["paths"]["/api/v1/users/{user_id}"]["patch"]["responses"]
    codes = {
        status: set(answer["content"][MEDIA_TYPE]["examples"])
        for status, answer in responses.items()
        if status != "200"
    }
    assert codes["401"] == {"not_authenticated", "token_expired", "token_invalid"}
    assert (codes["403"], codes["409"]) == ({"action_not_allowed"}, {"user_exists"})
    assert codes["404"] == {"user_not_found"}
