"""The app as a process."""

import signal
import sys

import httpx
import pytest
from pydantic import ValidationError
from sqlalchemy import URL

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


def test_wrong_setting_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the setting; no server listens with half of its settings."""
    monkeypatch.setenv("TRUSTED_PROXIES", "nonsense")
    with pytest.raises(ValidationError, match="TRUSTED_PROXIES"):
        init_app()
