"""Whose setting wins, and a password that nobody knows beforehand."""

import os
from pathlib import Path

import pytest

from workshop.errors import WorkshopError
from workshop.project import Project
from workshop.runner.settings import (
    app_environment,
    asked_settings,
    first_admin_password,
    with_pages,
)


def test_environment_wins_over_dotenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment wins over .env, .env over us, and an empty value asks for nothing."""
    content = "\ufeffPROJECT_NAME=file\nFIRST_ADMIN_EMAIL=file@example.com\nAPI_V1_STR=\n"
    (tmp_path / ".env").write_text(content, encoding="utf-8")
    monkeypatch.setenv("PROJECT_NAME", "environment")
    monkeypatch.setenv("FIRST_ADMIN_USERNAME", "")
    project = Project(tmp_path)
    found = app_environment(project, asked_settings(project), {"REDIS_URL": "redis://ours"})
    assert found["PROJECT_NAME"] == "environment"
    assert found["FIRST_ADMIN_EMAIL"] == "file@example.com"
    assert found["FIRST_ADMIN_USERNAME"] == "admin"
    assert found["REDIS_URL"] == "redis://ours"
    assert "API_V1_STR" not in found


def test_password_is_made_once(tmp_path: Path) -> None:
    """The password stays, is nobody else's, and is readable by its owner alone."""
    one, other = Project(tmp_path / "one"), Project(tmp_path / "other")
    password = first_admin_password(one)
    assert len(password) >= 16
    assert first_admin_password(one) == password != first_admin_password(other)
    if os.name == "posix":
        assert (one.state / "first-admin-password").stat().st_mode & 0o777 == 0o600


def test_no_password_is_made_outside_local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In production the administrator's password is the operator's business."""
    monkeypatch.setenv("ENVIRONMENT", "production")
    monkeypatch.delenv("FIRST_ADMIN_PASSWORD", raising=False)
    project = Project(tmp_path)
    assert "FIRST_ADMIN_PASSWORD" not in app_environment(project, asked_settings(project), {})
    assert not project.state.exists()


def test_unreadable_dotenv(tmp_path: Path, language: str) -> None:
    """A .env in another encoding is named, not half read."""
    (tmp_path / ".env").write_bytes("PROJECT_NAME=Имя".encode("cp1251"))
    with pytest.raises(WorkshopError) as caught:
        asked_settings(Project(tmp_path))
    assert str(tmp_path / ".env") in str(caught.value), language


def test_links_in_mail_lead_to_the_app() -> None:
    """To its own pages, wherever it answers, unless the user has a frontend."""
    url = "http://127.0.0.1:8001"
    assert with_pages({}, url)["FRONTEND_URL"] == f"{url}/api/v1/auth/pages"
    moved = with_pages({"API_V1_STR": "/shop/v1"}, url)
    assert moved["FRONTEND_URL"] == f"{url}/shop/v1/auth/pages"
    asked = {"FRONTEND_URL": "https://shop.example.org"}
    assert with_pages(asked, url) == asked
