"""The settings of tokens."""

import pytest
from pydantic import ValidationError

from app.auth.config import EXAMPLE_SECRET, TokenConfig
from app.core.configs import Environment
from app.main import init_app
from tests.fixtures.example import require_defaults

OUTSIDE = (Environment.STAGING, Environment.PRODUCTION)
SECRET = "a secret that only these tests know, and long enough"


def test_example_secret_is_for_local_only() -> None:
    """Copying .env.example is all that a first try needs, and never enough for the Internet."""
    TokenConfig(ENVIRONMENT=Environment.LOCAL, JWT_SECRET=EXAMPLE_SECRET)
    for environment in OUTSIDE:
        TokenConfig(ENVIRONMENT=environment, JWT_SECRET=SECRET)
        with pytest.raises(ValidationError, match=r"JWT_SECRET: .* other than the example's"):
            TokenConfig(ENVIRONMENT=environment, JWT_SECRET=EXAMPLE_SECRET)


@pytest.mark.parametrize("environment", OUTSIDE)
def test_outside_local_the_secret_has_no_default(
    monkeypatch: pytest.MonkeyPatch, environment: Environment
) -> None:
    """Forgetting it stops the start of the app, before it listens."""
    monkeypatch.delenv("JWT_SECRET", raising=False)
    monkeypatch.setenv("ENVIRONMENT", environment)
    with pytest.raises(ValidationError, match="JWT_SECRET"):
        init_app()


@pytest.mark.parametrize("environment", Environment)
def test_short_secret_is_refused_without_showing_it(environment: Environment) -> None:
    """Bytes count, and 31 are one too few."""
    with pytest.raises(ValidationError, match="at least 32 bytes") as caught:
        TokenConfig(ENVIRONMENT=environment, JWT_SECRET="hush" * 7 + "abc")
    assert "hush" not in str(caught.value)
    TokenConfig(ENVIRONMENT=environment, JWT_SECRET="\u044e" * 16)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("ACCESS_TOKEN_LIFETIME", 0), ("REFRESH_TOKEN_LIFETIME", -1)),
        *(("JWT_LEEWAY", -1), ("JWT_LEEWAY", 301), ("JWT_ISSUER", ""), ("JWT_AUDIENCE", "")),
    ],
)
def test_impossible_setting_is_refused(name: str, value: object) -> None:
    """The error names it."""
    with pytest.raises(ValidationError, match=name):
        TokenConfig.model_validate({name: value})


def test_secret_is_not_printed_with_the_settings() -> None:
    """Settings end up in logs."""
    assert SECRET not in repr(TokenConfig(JWT_SECRET=SECRET))


def test_example_names_every_setting_with_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copying ``.env.example`` changes nothing."""
    require_defaults(TokenConfig, monkeypatch)
