"""Settings say what is wrong and never print secrets."""

from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import make_url

from app.auth.config import FirstAdminConfig
from app.core.configs import AppConfig, BaseConfig, Environment
from app.core.configs.database import DatabaseConfig
from tests.fixtures.example import require_defaults


@pytest.mark.parametrize(
    "given",
    ["postgres://u:p@h:1/d", "postgresql://u:p@h:1/d", "postgresql+asyncpg://u:p@h:1/d"],
)
def test_database_url_names_our_driver(given: str) -> None:
    """Addresses in the forms that hosting providers print all end up with asyncpg."""
    assert DatabaseConfig(DATABASE_URL=given).DATABASE_URL == "postgresql+asyncpg://u:p@h:1/d"


@pytest.mark.parametrize(
    "given",
    ["nonsense", "mysql://u:hush@h/d", "postgresql://u:hush@h", "postgresql://u:p@ss:hush@h/d"],
)
def test_wrong_database_url_is_refused_without_showing_it(given: str) -> None:
    """The error names the setting and the right form, not the value: it may hold a password."""
    with pytest.raises(ValidationError, match="DATABASE_URL") as caught:
        DatabaseConfig(DATABASE_URL=given)
    assert "expected postgresql://user:password@host:port/database" in str(caught.value)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("sslmode=require&channel_binding=require", {"ssl": "require"}),
        ("sslmode=verify-full&port=2", {"ssl": "verify-full", "port": "2"}),
        ("ssl=prefer", {"ssl": "prefer"}),
        ("", {}),
    ],
)
def test_parameters_of_libpq_are_said_to_asyncpg(given: str, read: dict[str, str]) -> None:
    """Providers print them; asyncpg would not know their names."""
    config = DatabaseConfig(DATABASE_URL=f"postgresql://u:p@h:1/d?{given}")
    assert dict(make_url(config.DATABASE_URL).query) == read


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ("sslmode=always", "sslmode is one of disable, allow"),
        ("sslmode=disable&sslmode=require", "sslmode is one of disable, allow"),
        ("sslrootcert=system&connect_timeout=10", "no connect_timeout, sslrootcert in an address"),
        ("password=hush", "no password in an address"),
        ("timeout=60", "no timeout in an address"),
    ],
)
def test_parameters_that_asyncpg_cannot_use_are_refused(given: str, wrong: str) -> None:
    """By name, at the start; the first statement would fail otherwise."""
    with pytest.raises(ValidationError, match=wrong) as caught:
        DatabaseConfig(DATABASE_URL=f"postgresql://u:hush@h:1/d?{given}")
    assert "hush" not in str(caught.value)


def test_password_is_not_printed_with_the_settings() -> None:
    """Settings end up in logs; the address does not."""
    assert "hush" not in repr(DatabaseConfig(DATABASE_URL="postgresql://u:hush@h:1/d"))


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment is read when the settings are made."""
    monkeypatch.setenv("ENVIRONMENT", "production")
    assert AppConfig().ENVIRONMENT is Environment.PRODUCTION


def test_settings_come_from_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In the directory where the program starts; the environment wins over it."""
    (tmp_path / ".env").write_text("PROJECT_NAME=Магазин\nENVIRONMENT=staging\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PROJECT_NAME", raising=False)
    monkeypatch.setenv("ENVIRONMENT", "production")
    config = AppConfig()
    assert (config.PROJECT_NAME, config.ENVIRONMENT) == ("Магазин", Environment.PRODUCTION)


def test_unknown_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A typing error in ENVIRONMENT must not switch the safety checks off."""
    monkeypatch.setenv("ENVIRONMENT", "prod")
    with pytest.raises(ValidationError, match="'local', 'staging' or 'production'"):
        AppConfig()


def test_settings_cannot_be_changed() -> None:
    """What was read at the start holds for the life of the process."""
    with pytest.raises(ValidationError, match="frozen"):
        AppConfig().PROJECT_NAME = "other"  # type: ignore[misc]  # its refusal is the test


@pytest.mark.parametrize("config", [AppConfig, DatabaseConfig, FirstAdminConfig])
def test_example_names_every_setting_with_its_default(
    monkeypatch: pytest.MonkeyPatch, config: type[BaseConfig]
) -> None:
    """Copying ``.env.example`` changes nothing."""
    require_defaults(config, monkeypatch)
