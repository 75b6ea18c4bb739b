"""What `init_app` does with the settings."""

import pytest
from pydantic import ValidationError

from app.core.configs import AppConfig
from app.main import init_app


async def test_app_uses_the_settings_that_it_was_given(unused_tcp_port: int) -> None:
    """Not those that the process was started with: tests and tools build several apps."""
    app = init_app(AppConfig(REDIS_URL=f"redis://127.0.0.1:{unused_tcp_port}/7"))
    async with app.router.lifespan_context(app):
        assert app.state.redis.connection_pool.connection_kwargs["db"] == 7


def test_wrong_setting_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the setting; no server listens with half of its settings."""
    monkeypatch.setenv("TRUSTED_PROXIES", "nonsense")
    with pytest.raises(ValidationError, match="TRUSTED_PROXIES"):
        init_app()
