"""Fixtures: a small course in a folder whose name is hard to handle."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop import messages

from .course import FakeCourse, make


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test starts in English, whatever the machine speaks."""
    monkeypatch.setattr(messages, "_chosen", "en")


@pytest.fixture
def course(tmp_path: Path) -> FakeCourse:
    """Make a course with a space and Cyrillic letters in its path."""
    return make(tmp_path / "мой курс")
