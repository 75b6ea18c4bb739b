"""The settings of the log."""

import pytest

from app.core.configs.log import LogConfig
from tests.fixtures.example import require_defaults


def test_example_names_every_setting_with_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copying ``.env.example`` changes nothing."""
    require_defaults(LogConfig, monkeypatch)
