"""Pages from elsewhere, whose scripts may or may not read our answers."""

import httpx
import pytest
from pydantic import ValidationError

from app.core.configs.web import WebConfig
from app.main import init_app
from tests.core.middlewares.test_security_headers import fail
from tests.fixtures.client import call

SHOP = "https://shop.example.com"
EVIL = "https://evil.example.com"


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> httpx.AsyncClient:
    """Call an app that knows a shop."""
    monkeypatch.setenv("CORS_ORIGINS", f"{SHOP}, http://127.0.0.1:5173")
    app = init_app()
    app.add_api_route("/fail", fail)
    return call(app)


@pytest.mark.parametrize(
    ("path", "status"), [("/health/live", 200), ("/none", 404), ("/fail", 500)]
)
async def test_scripts_of_the_shop_read_every_answer(
    shop: httpx.AsyncClient, path: str, status: int
) -> None:
    """A 500 too, or the shop's developers would look for a mistake in their network."""
    answer = await shop.get(path, headers={"Origin": SHOP})
    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] == SHOP
    assert "Retry-After" in answer.headers["access-control-expose-headers"]
    assert "Origin" in answer.headers["vary"]
    assert "access-control-allow-credentials" not in answer.headers


async def test_scripts_of_others_do_not(shop: httpx.AsyncClient) -> None:
    """The answer is made; their browser keeps it from them."""
    answer = await shop.get("/health/live", headers={"Origin": EVIL})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(("origin", "status"), [(SHOP, 200), (EVIL, 400)])
async def test_browsers_ask_before_they_send_a_token(
    shop: httpx.AsyncClient, origin: str, status: int
) -> None:
    """And get their answer before anything of the app is asked."""
    asks = {"Access-Control-Request-Method": "PATCH", "Origin": origin}
    asks["Access-Control-Request-Headers"] = "authorization, content-type, x-request-id"
    answer = await shop.options("/api/v1/users/1", headers=asks)
    assert answer.status_code == status
    assert ("access-control-allow-origin" in answer.headers) is (origin == SHOP)


async def test_nobody_is_known_by_default() -> None:
    """Then the headers are not there at all."""
    async with call(init_app()) as client:
        answer = await client.get("/health/live", headers={"Origin": SHOP})
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "origin",
    [
        "shop.example.com",
        f"{SHOP}/",
        f"{SHOP}/path",
        "https://Shop.example.com",
        "ftp://shop.example.com",
        "https://user@shop.example.com",
        "https://",
        "null",
        "https://*.example.com",
        f"{SHOP}:443",
        "http://shop.example.com:80",
        f"{SHOP}:",
        f"{SHOP}:08443",
        f"{SHOP}:65536",
        f"{SHOP}:abc",
        "https://[::1",
        "https://bücher.example",
    ],
)
def test_what_no_browser_sends_is_refused(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    """It would never match, and nobody would know why."""
    monkeypatch.setenv("CORS_ORIGINS", origin)
    with pytest.raises(ValidationError, match="is no origin; expected https://host:port"):
        WebConfig()


@pytest.mark.parametrize(
    "origin",
    [SHOP, f"{SHOP}:80", f"{SHOP}:65535", "http://[::1]:5173", "https://xn--bcher-kva.example"],
)
def test_what_browsers_send_is_taken(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    """Names, addresses, and every port that the scheme does not mean anyway."""
    monkeypatch.setenv("CORS_ORIGINS", origin)
    assert list(WebConfig().CORS_ORIGINS) == [origin]


@pytest.mark.parametrize(("environment", "is_fine"), [("local", True), ("staging", False)])
def test_everybody_is_for_one_s_own_machine(
    monkeypatch: pytest.MonkeyPatch, environment: str, *, is_fine: bool
) -> None:
    """Outside of it, pages have names."""
    monkeypatch.setenv("CORS_ORIGINS", "*")
    monkeypatch.setenv("ENVIRONMENT", environment)
    if is_fine:
        assert WebConfig().CORS_ORIGINS == ("*",)
        return
    with pytest.raises(ValidationError, match="name the origins of your pages"):
        WebConfig()


@pytest.mark.parametrize(
    ("environment", "seconds"), [("local", 0), ("staging", 31_536_000), ("production", 31_536_000)]
)
def test_https_is_expected_outside_local(
    monkeypatch: pytest.MonkeyPatch, environment: str, seconds: int
) -> None:
    """A browser that was told so by localhost would not go there again without."""
    monkeypatch.setenv("ENVIRONMENT", environment)
    assert WebConfig().hsts_max_age == seconds
