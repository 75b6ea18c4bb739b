"""The settings of the API."""

import pytest
from pydantic import ValidationError

from app.core.configs import AppConfig, BaseConfig
from app.core.configs.rate_limiter import RateLimiterConfig
from app.main import init_app
from tests.fixtures.client import call
from tests.fixtures.example import require_defaults


def test_redis_url_is_not_printed() -> None:
    """It may hold a password."""
    config = AppConfig(REDIS_URL="rediss://:hush@example.com/0")
    assert config.redis_url == "rediss://:hush@example.com/0"
    assert "hush" not in repr(config)


@pytest.mark.parametrize(
    "given",
    [
        *("nonsense", "http://:hush@example.com", "//:hush@example.com"),
        *("redis://:hush/p@example.com", "redis://:p@[hush]", "redis://:hush\u2100@example.com"),
    ],
)
def test_wrong_redis_url_is_refused_without_showing_it(given: str) -> None:
    """The error names the setting and the right form."""
    with pytest.raises(ValidationError, match="expected redis://") as caught:
        AppConfig(REDIS_URL=given)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("given", ["", "api", "/", "/api/", "/api v1"])
def test_prefix_that_makes_no_path_is_refused(given: str) -> None:
    """A slash in front, none at the end."""
    with pytest.raises(ValidationError, match="API_V1_STR"):
        AppConfig(API_V1_STR=given)


async def test_prefix_moves_the_api_and_its_document() -> None:
    """Health checks stay where probes look for them."""
    async with call(init_app(AppConfig(API_V1_STR="/shop/v1"))) as client:
        assert (await client.get("/shop/v1/openapi.json")).status_code == 200
        assert (await client.get("/api/v1/openapi.json")).status_code == 404
        assert (await client.get("/health/live")).status_code == 200


def test_trusted_proxies_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Networks or single addresses, of both kinds."""
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.0/8, ::1,192.0.2.1,")
    read = [str(network) for network in RateLimiterConfig().TRUSTED_PROXIES]
    assert read == ["10.0.0.0/8", "::1/128", "192.0.2.1/32"]


@pytest.mark.parametrize("given", ["10.0.0.1/8", "example.com", "10.0.0.0/33", "*"])
def test_wrong_proxy_is_refused(given: str) -> None:
    """The error names the setting."""
    with pytest.raises(ValidationError, match="TRUSTED_PROXIES"):
        RateLimiterConfig.model_validate({"TRUSTED_PROXIES": given})


@pytest.mark.parametrize("everybody", ["0.0.0.0/0", "::/0", "10.0.0.0/8,0.0.0.0/0"])
def test_trusting_everybody_is_refused_outside_local(
    monkeypatch: pytest.MonkeyPatch, everybody: str
) -> None:
    """Every client could choose its address; on one's own machine it may."""
    monkeypatch.setenv("TRUSTED_PROXIES", everybody)
    RateLimiterConfig()
    monkeypatch.setenv("ENVIRONMENT", "production")
    with pytest.raises(ValidationError, match="name the networks of your proxies"):
        RateLimiterConfig()


@pytest.mark.parametrize("config", [AppConfig, RateLimiterConfig])
def test_example_names_every_setting_with_its_default(
    monkeypatch: pytest.MonkeyPatch, config: type[BaseConfig]
) -> None:
    """Copying ``.env.example`` changes nothing."""
    require_defaults(config, monkeypatch)
