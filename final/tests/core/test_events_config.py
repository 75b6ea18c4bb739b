"""What the settings of the streams refuse."""

import pytest

from app.core.configs import BaseConfig
from app.core.configs.events import ConsumersConfig, EventsConfig, RelayConfig
from app.core.configs.web import WebConfig
from tests.fixtures.example import require_defaults


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("EVENTS_PREFIX", "queue"),
        ("QUEUE_PREFIX", "events"),
        ("CACHE_NAMESPACE", "events"),
        ("RATE_LIMITER_PREFIX", "events:limits"),
        ("CACHE_NAMESPACE", "queue"),
    ],
)
def test_parts_of_the_app_share_no_keys(
    monkeypatch: pytest.MonkeyPatch, name: str, prefix: str
) -> None:
    """To clear the cache must not clear the queue."""
    for setting in ("RATE_LIMITER_PREFIX", "CACHE_NAMESPACE", "QUEUE_PREFIX", "EVENTS_PREFIX"):
        monkeypatch.delenv(setting, raising=False)
    monkeypatch.setenv(name, prefix)
    with pytest.raises(ValueError, match="must not begin like") as caught:
        EventsConfig()
    assert name in str(caught.value)


def test_prefixes_that_only_look_alike_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys have a colon behind them."""
    monkeypatch.setenv("QUEUE_PREFIX", "shop:queue")
    monkeypatch.setenv("EVENTS_PREFIX", "shop:queues")
    assert EventsConfig().dead_key == "shop:queues:dead"


@pytest.mark.parametrize("config", [EventsConfig, RelayConfig, ConsumersConfig, WebConfig])
def test_example_names_every_setting_with_its_default(
    monkeypatch: pytest.MonkeyPatch, config: type[BaseConfig]
) -> None:
    """Copying ``.env.example`` changes nothing."""
    require_defaults(config, monkeypatch)
