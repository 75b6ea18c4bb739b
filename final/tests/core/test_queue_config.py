"""The settings of the queue."""

import pytest
from pydantic import ValidationError

from app.auth.config import PurgeConfig
from app.core.configs import BaseConfig
from app.core.configs.queue import QueueConfig
from tests.fixtures.example import require_defaults


@pytest.mark.parametrize(
    ("name", "given"),
    [
        *((f"QUEUE_{name}", "0") for name in ("MAX_LENGTH", "MAX_TRIES", "MAX_DELIVERIES")),
        *((f"QUEUE_{name}", "0") for name in ("TASK_TIMEOUT", "RETRY_DELAY", "MAX_RETRY_DELAY")),
        ("QUEUE_MAX_OUTAGE", "0"),
    ],
)
def test_wrong_setting_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, given: str) -> None:
    """The error names it."""
    monkeypatch.setenv(name, given)
    with pytest.raises(ValidationError, match=name):
        QueueConfig()


@pytest.mark.parametrize("config", [QueueConfig, PurgeConfig])
def test_example_names_every_setting_with_its_default(
    monkeypatch: pytest.MonkeyPatch, config: type[BaseConfig]
) -> None:
    """Copying ``.env.example`` changes nothing."""
    require_defaults(config, monkeypatch)
