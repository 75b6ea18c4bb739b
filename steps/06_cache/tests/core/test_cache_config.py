"""The settings of the cache."""

import pytest
from pydantic import ValidationError

from app.core.configs.cache import CacheConfig
from tests.fixtures.example import require_defaults


@pytest.mark.parametrize(
    ("name", "given"),
    [("CACHE_TTL", "0"), ("CACHE_TTL", "1.5"), ("CACHE_TIMEOUT", "0"), ("CACHE_PATIENCE", "-1")],
)
def test_wrong_setting_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, given: str) -> None:
    """The error names it."""
    monkeypatch.setenv(name, given)
    with pytest.raises(ValidationError, match=name):
        CacheConfig()


def test_example_names_every_setting_with_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copying ``.env.example`` changes nothing."""
    require_defaults(CacheConfig, monkeypatch)
