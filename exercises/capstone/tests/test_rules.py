"""Stage 9: what holds for every module holds for this one."""

import subprocess
import sys
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.core.configs.rate_limiter import RateLimiterConfig
from tests.capstone.shop import ORDERS, Headers, outcome

MODULE = Path("app/orders")
RULES = Path(".importlinter")
BUDGET = 60

OPERATIONS = {
    "orders_create": {"201", "401", "409", "422", "429"},
    "orders_get_list": {"200", "401", "422", "429"},
    "orders_get_one": {"200", "401", "404", "422", "429"},
    "orders_pay": {"200", "401", "404", "409", "422", "429"},
    "orders_cancel": {"200", "401", "404", "409", "422", "429"},
}
ROUTES = [
    ("POST", ORDERS),
    ("GET", ORDERS),
    ("GET", f"{ORDERS}/999"),
    ("POST", f"{ORDERS}/999/pay"),
    ("POST", f"{ORDERS}/999/cancel"),
]

PARTS = {
    *("commands", "di", "exceptions", "integration_events", "models", "policies"),
    *("queries", "repositories", "routers", "routes", "schemas"),
}
HANDLERS = {"commands", "events", "queries", "repositories", "services", "tasks"}
OF_AUTH = ("commands", "di", "events", "models", "queries", "repositories", "routes", "services")
LAYERS = (
    "(routers)",
    "(routes)",
    "(di)",
    "(commands) | (consumers) | (events)",
    "(tasks)",
    "(policies)",
    "(queries)",
    "(services)",
    "(repositories)",
    "(models)",
)
WHERE_CORE_NAMES_MODULES = (
    "app.core.models -> app.orders.**",
    "app.core.di.* -> app.orders.di",
    "app.core.di.* -> app.orders.di.*",
)


@pytest.fixture
async def operations(client: httpx.AsyncClient) -> dict[str, dict[str, Any]]:
    """List the operations of the OpenAPI document by their ids."""
    document = (await client.get("/api/v1/openapi.json")).json()
    found = [operation for path in document["paths"].values() for operation in path.values()]
    return {operation["operationId"]: operation for operation in found}


def test_operations_have_the_ids_of_the_contract(operations: dict[str, dict[str, Any]]) -> None:
    """Generated clients name their functions after them: tag and name of the function."""
    found = {name for name in operations if name.startswith("orders_")}
    assert found == set(OPERATIONS)


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_documented(operations: dict[str, dict[str, Any]], name: str) -> None:
    """Each status that the route may answer with, and that it needs a token."""
    assert {name} - set(operations) == set()
    missing = OPERATIONS[name] - set(operations[name]["responses"])
    assert not missing, f"{name} does not say that it answers {', '.join(sorted(missing))}"
    assert operations[name].get("security"), f"{name} does not say that it needs a token"


def test_key_is_documented(operations: dict[str, dict[str, Any]]) -> None:
    """As a header that may be left out."""
    assert {"orders_create"} - set(operations) == set()
    parameters = operations["orders_create"].get("parameters", [])
    headers = {one["name"].lower(): one for one in parameters if one["in"] == "header"}
    assert "idempotency-key" in headers
    assert not headers["idempotency-key"].get("required")


@pytest.fixture
async def limited(app: FastAPI, limits: RateLimiterConfig) -> AsyncIterator[None]:
    """Switch the limiter on, with counters of this test's own."""
    before, app.state.rate_limiter = app.state.rate_limiter, limits
    yield
    app.state.rate_limiter = before


@pytest.mark.usefixtures("limited")
@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_every_route_has_a_budget(
    client: httpx.AsyncClient, as_ada: Headers, method: str, path: str
) -> None:
    """60 requests a minute for each client and route; then 429 says when to come back."""
    body: dict[str, Any] | None = {} if path == ORDERS and method == "POST" else None
    passed = 0
    while passed < 2 * BUDGET:
        answer = await client.request(method, path, json=body, headers=as_ada)
        assert outcome(answer) != (404, "not_found")
        if answer.status_code == 429:
            break
        passed += 1
    # While the test runs, each second gives one more.
    assert BUDGET <= passed <= 1.5 * BUDGET, f"{passed} requests passed"
    assert int(answer.headers["retry-after"]) > 0


def lint_imports(rules: Path) -> None:
    """Check rules; what breaks one is shown with the chain of imports."""
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    arguments = ("--no-logo", "--no-cache", "--config", str(rules))
    run = subprocess.run(
        [sys.executable, "-c", command, *arguments], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def rule(kind: str, **lines: Iterable[str]) -> str:
    """Write a rule of import-linter."""
    values = ((name, "".join(f"\n    {value}" for value in lines[name])) for name in lines)
    return "\n".join((f"name = {kind}", f"type = {kind}", *(f"{n} ={v}" for n, v in values)))


def forbid(sources: Iterable[str], targets: Iterable[str], *ignored: str) -> str:
    """Write the rule that these must not import those."""
    lines = {"source_modules": sources, "forbidden_modules": targets, "ignore_imports": ignored}
    options = "allow_indirect_imports = true\nunmatched_ignore_imports_alerting = none"
    return f"{rule('forbidden', **lines)}\n{options}"


def find_parts() -> set[str]:
    """Name what is in the module."""
    return {path.stem for path in MODULE.glob("[!_]*")}


def name(parts: Iterable[str]) -> list[str]:
    """Write parts of the module as import-linter knows them."""
    return [f"app.orders.{part}" for part in sorted(parts)]


def test_module_has_the_parts_of_every_module() -> None:
    """Whoever knows app/auth finds everything here: the same names for the same things."""
    assert PARTS - find_parts() == set()


def test_rules_of_the_repository_know_the_module() -> None:
    """``.importlinter`` names app.orders, and everything in it holds."""
    lines = RULES.read_text(encoding="utf-8").split()
    assert any(line.startswith("app.orders") for line in lines), "no rule names app.orders"
    lint_imports(RULES)


def test_module_keeps_the_rules(tmp_path: Path) -> None:
    """Down the layers, no HTTP in handlers, no tables in routes, other modules by their contracts.

    Of the auth module: who is asking, its errors and its events. What app.orders has for others is
    app.orders.integration_events.
    """
    parts = find_parts()
    assert PARTS - parts == set()
    http = ("fastapi", "starlette", "app.core.api")
    rules = (
        forbid(["app.core"], ["app.orders"], *WHERE_CORE_NAMES_MODULES),
        forbid(["app.auth"], ["app.orders"]),
        forbid(["app.audit"], name(parts - {"integration_events"})),
        forbid(["app.orders"], ["app.audit", *(f"app.auth.{part}" for part in OF_AUTH)]),
        forbid(["app.orders.routes"], ["app.orders.models", "app.orders.repositories"]),
        forbid(name(parts & HANDLERS), http),
        rule("layers", containers=["app.orders"], layers=LAYERS),
    )
    written = (f"[importlinter:contract:{number}]\n{each}\n" for number, each in enumerate(rules))
    head = "[importlinter]\nroot_package = app\ninclude_external_packages = true\n"
    path = tmp_path / "rules.ini"
    path.write_text("\n".join((head, *written)), encoding="utf-8")
    lint_imports(path)
