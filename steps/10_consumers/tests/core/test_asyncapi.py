"""The contract with other programs."""

import json
import re

import httpx
import pytest

from app.asyncapi import describe
from app.core.configs import AppConfig, Environment
from app.main import init_app
from tests.fixtures.client import call


def name_of(reference: dict[str, str]) -> str:
    """Name what a reference of the document leads to."""
    return reference["$ref"].rpartition("/")[2]


def test_document_holds_the_contract() -> None:
    """What the app tells and hears, with every schema; nothing needs to run for it."""
    document = json.loads(describe().to_specification().to_json())
    assert document["asyncapi"].startswith("3.")
    told_and_heard = {
        (operation["action"], document["channels"][name_of(operation["channel"])]["address"])
        for operation in document["operations"].values()
    }
    assert {("send", "events:auth.users"), ("receive", "events:auth.users")} <= told_and_heard
    assert {"UserRegistered", "UserChanged", "UserBlocked", "UserDeleted"} <= set(
        document["components"]["schemas"]
    )


async def test_page_shows_it_without_the_internet(client: httpx.AsyncClient) -> None:
    """No script, no style and no picture comes from elsewhere."""
    page = await client.get("/asyncapi")
    assert page.status_code == 200
    assert "The app hears <code>events:auth.users</code>, as the group <b>audit</b>" in page.text
    assert "The app tells <code>events:auth.users</code></h2>" in page.text
    assert "auth.user_blocked" in page.text
    assert not re.search(r"(src|href)\s*=\s*[\"'](https?:)?//", page.text)
    assert "<script" not in page.text
    document = (await client.get("/asyncapi.json")).json()
    assert document["info"]["title"] == AppConfig().PROJECT_NAME


@pytest.mark.parametrize("path", ["/asyncapi", "/asyncapi.json"])
async def test_production_does_not_show_it(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with OpenAPI."""
    monkeypatch.setenv("JWT_SECRET", "x" * 48)
    app = init_app(AppConfig(ENVIRONMENT=Environment.PRODUCTION))
    async with call(app) as client:
        assert (await client.get(path)).status_code == 404
    await app.state.dishka_container.close()
