"""The OpenAPI document and the page that shows it."""

import re
from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter

from app.auth.exceptions import UserNotFoundError
from app.auth.schemas.user import UserResponse
from app.core.api.openapi import document as document_errors
from app.core.api.problems import MEDIA_TYPE, Problem
from app.core.configs import AppConfig, Environment
from app.core.exceptions import ApplicationException
from app.main import init_app
from tests.fixtures.client import call

PATH = "/api/v1/openapi.json"


@pytest.fixture
async def document(client: httpx.AsyncClient) -> dict[str, Any]:
    """Fetch the document."""
    answer = await client.get(PATH)
    found: dict[str, Any] = answer.json()
    return found


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """List the operations by their ids."""
    found = [operation for path in document["paths"].values() for operation in path.values()]
    by_id = {operation["operationId"]: operation for operation in found}
    assert len(by_id) == len(found)
    return by_id


def test_operations_have_readable_ids(document: dict[str, Any]) -> None:
    """Generated clients name their functions after them."""
    assert set(operations(document)) >= {
        "health_get_live",
        "health_get_ready",
        "users_get_list",
        "users_get_one",
    }


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    """And the framework's own error shape is nowhere."""
    schemas = document["components"]["schemas"]
    names = set(re.findall(r"#/components/schemas/(\w+)", str(document)))
    assert names <= set(schemas)
    assert {"Problem", "FieldProblem"} <= names
    assert "HTTPValidationError" not in schemas


def test_members_of_a_problem_are_promised(document: dict[str, Any]) -> None:
    """A program that reads one need not ask whether the code is there, or the place."""
    schemas = document["components"]["schemas"]
    members = {"type", "title", "status", "detail", "instance", "code", "request_id"}
    assert set(schemas["Problem"]["required"]) == members
    assert set(schemas["FieldProblem"]["required"]) == {"loc", "message", "code"}


def test_errors_are_documented_by_examples_that_are_true(document: dict[str, Any]) -> None:
    """Each has the shape of a problem, the status that it stands under, and the right code."""
    for operation in operations(document).values():
        for status, answer in operation["responses"].items():
            examples = answer.get("content", {}).get(MEDIA_TYPE, {}).get("examples", {})
            assert bool(examples) is not status.startswith("2")
            for code, example in examples.items():
                problem = Problem.model_validate(example["value"])
                assert (problem.status, problem.code) == (int(status), code)
                assert bool(problem.errors) is (status == "422")
    one = operations(document)["users_get_one"]["responses"]
    assert set(one) == {"200", "404", "422", "429", "500", "503"}
    assert set(one["404"]["content"][MEDIA_TYPE]["examples"]) == {"user_not_found"}


def test_errors_of_one_status_stand_side_by_side() -> None:
    """Two errors of a route may share a status; neither hides the other."""

    class GoneError(ApplicationException):
        """It was there once."""

        status = 404
        code = "gone"

    described = document_errors(UserNotFoundError, GoneError)
    assert set(described[404]["content"][MEDIA_TYPE]["examples"]) == {"user_not_found", "gone"}


async def test_examples_of_parameters_are_accepted(
    client: httpx.AsyncClient, document: dict[str, Any]
) -> None:
    """What Swagger UI offers can be sent as it stands."""
    parameters = operations(document)["users_get_list"]["parameters"]
    assert [parameter["name"] for parameter in parameters] == [
        *("sort", "filters", "page", "page_size", "with_total")
    ]
    query = {
        parameter["name"]: example
        for parameter in parameters
        for example in parameter["schema"].get("examples", ())
    }
    assert set(query) == {"sort", "filters"}
    assert (await client.get("/api/v1/users", params=query)).status_code == 200


def test_parameters_say_what_they_take(document: dict[str, Any]) -> None:
    """The fields stand in the description, the bounds in the schema."""
    by_name = {
        parameter["name"]: parameter
        for parameter in operations(document)["users_get_list"]["parameters"]
    }
    sort, filters = by_name["sort"]["description"], by_name["filters"]["description"]
    assert sort == "Sorting parameters: id, username, status_id, created_at"
    assert filters == "Filtering parameters: id, username, status_id"
    assert by_name["page_size"]["schema"]["maximum"] == 100


def test_example_of_a_user_is_a_user(document: dict[str, Any]) -> None:
    """The examples of the fields together make a valid answer."""
    properties = document["components"]["schemas"]["UserResponse"]["properties"]
    example = {name: schema["examples"][0] for name, schema in properties.items()}
    TypeAdapter(UserResponse).validate_python(example)


async def test_docs_need_no_internet(client: httpx.AsyncClient) -> None:
    """Swagger UI comes from the app itself."""
    page = (await client.get("/docs")).text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(addresses) == 3
    assert PATH in page
    for address in addresses:
        assert address.startswith("/docs/assets/")
        assert (await client.get(address)).status_code == 200


@pytest.mark.parametrize("environment", Environment)
async def test_only_local_and_staging_are_documented(environment: Environment) -> None:
    """In production neither the document nor the page exists, at no address."""
    app = init_app(AppConfig(ENVIRONMENT=environment))
    expected = 404 if environment is Environment.PRODUCTION else 200
    async with call(app) as client:
        found = [(await client.get(path)).status_code for path in (PATH, "/docs")]
        assert found == [expected, expected]
        assert (await client.get("/openapi.json")).status_code == 404
        assert (await client.get("/redoc")).status_code == 404
