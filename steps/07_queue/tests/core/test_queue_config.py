"""The settings of the queue."""

import pytest

from app.auth.config import PurgeConfig
from app.core.configs import BaseConfig
from app.core.configs.queue import QueueConfig
from tests.fixtures.example import require_defaults


@pytest.mark.parametrize("config", [QueueConfig, PurgeConfig])
def test_example_names_every_setting_with_its_default(
    monkeypatch: pytest.MonkeyPatch, config: type[BaseConfig]
) -> None:
    """Copying ``.env.example`` changes nothing."""
    require_defaults(config, monkeypatch)
