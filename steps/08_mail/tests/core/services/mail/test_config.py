"""The settings of mail."""

import pytest
from pydantic import ValidationError

from app.auth.config import AccountMailConfig
from app.core.configs import AppConfig, BaseConfig
from app.core.configs.queue import QueueConfig
from app.core.services.mail import SMTPConfig
from app.main import init_app
from tests.fixtures.example import require_defaults

OUTSIDE = {
    "ENVIRONMENT": "production",
    "SMTP_HOST": "smtp.example.org",
    "SMTP_TLS": "starttls",
    "MAIL_FROM": "noreply@example.org",
}


@pytest.mark.parametrize(
    ("name", "given"),
    [
        *(("SMTP_PORT", "0"), ("SMTP_PORT", "65536"), ("SMTP_TLS", "yes"), ("SMTP_TIMEOUT", "0")),
        *(
            ("MAIL_FROM", "nobody"),
            ("SMTP_CONNECTIONS", "0"),
            ("SMTP_WAIT", "0"),
            ("SMTP_CA_FILE", "/nowhere"),
            ("MAIL_FROM_NAME", "A\nBcc: b@c.d"),
        ),
    ],
)
def test_wrong_setting_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, given: str) -> None:
    """The error names it."""
    monkeypatch.setenv(name, given)
    with pytest.raises(ValidationError, match=name):
        SMTPConfig()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"SMTP_TLS": "none"}, "SMTP_TLS: with ENVIRONMENT=production"),
        ({"MAIL_FROM": "noreply@example.com"}, "MAIL_FROM: with ENVIRONMENT=production"),
        ({"SMTP_USER": "app"}, "SMTP_USER and SMTP_PASSWORD"),
        ({"SMTP_PASSWORD": "hush"}, "SMTP_USER and SMTP_PASSWORD"),
    ],
)
def test_unsafe_setting_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, str], problem: str
) -> None:
    """Outside local, the web app does not start; the error holds no password."""
    for name, value in (OUTSIDE | change).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("JWT_SECRET", "x" * 48)
    monkeypatch.setenv("FRONTEND_URL", "https://example.org")
    with pytest.raises(ValidationError, match=problem) as caught:
        init_app(AppConfig())
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_server_on_this_machine_needs_no_encryption(host: str) -> None:
    """Nothing leaves the machine on the way to it."""
    SMTPConfig.model_validate(OUTSIDE | {"SMTP_HOST": host, "SMTP_TLS": "none"})


def test_links_outside_local_are_encrypted() -> None:
    """Whoever reads one on its way has the account."""
    with pytest.raises(ValidationError, match="FRONTEND_URL"):
        AccountMailConfig.model_validate(
            {"ENVIRONMENT": "staging", "FRONTEND_URL": "http://example.org"}
        )


@pytest.mark.parametrize(
    "url", ["example.org", "javascript:alert(1)", "https://a.b/#x", "https://"]
)
def test_frontend_must_be_an_address(url: str) -> None:
    """The token is put behind it, with a # between."""
    with pytest.raises(ValidationError, match="FRONTEND_URL"):
        AccountMailConfig.model_validate({"FRONTEND_URL": url})


@pytest.mark.parametrize("config", [SMTPConfig, AccountMailConfig])
def test_example_names_every_setting_with_its_default(
    monkeypatch: pytest.MonkeyPatch, config: type[BaseConfig]
) -> None:
    """Copying ``.env.example`` changes nothing."""
    require_defaults(config, monkeypatch)


def test_both_waits_end_before_the_task_does() -> None:
    """Else a server that hangs would cost tasks their tries."""
    smtp, queue = SMTPConfig(), QueueConfig()
    assert smtp.SMTP_WAIT + smtp.SMTP_TIMEOUT < queue.QUEUE_TASK_TIMEOUT
