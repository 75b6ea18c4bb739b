"""The app as a process."""

import signal
import sys

import httpx
import pytest
from pydantic import ValidationError
from sqlalchemy import URL

from app.core.configs import AppConfig
from app.main import init_app
from tests.fixtures.servers import serve


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to answer")
def test_process_starts_answers_and_ends_cleanly(database_url: URL) -> None:
    """A supervisor's SIGTERM ends it at once, with every connection closed."""
    address = database_url.render_as_string(hide_password=False)
    with serve("app.main:app", DATABASE_URL=address) as server:
        assert httpx.get(f"{server.url}/health/ready").status_code == 200
        assert httpx.get(f"{server.url}/api/v1/users").status_code == 200
        log = server.stop()
        assert server.process.returncode in {0, -signal.SIGTERM}
    assert "Application shutdown complete" in log
    assert "Traceback" not in log
    assert "Warning" not in log


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
