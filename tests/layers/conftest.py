"""Fixtures: a course in a folder whose name is hard to handle, and messages in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from workshop import messages

from .course import Course

Told = Callable[..., None]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test starts in English, whatever the machine speaks."""
    monkeypatch.setattr(messages, "_chosen", "en")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Make a checkout without steps, with a space and Cyrillic letters in its path."""
    root = tmp_path / "мой курс"
    (root / "steps").mkdir(parents=True)
    return Course(root)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Check that a message renders in both languages and holds what a person needs."""

    def check(message: object, *needles: str) -> None:
        rendered = []
        for language in messages.LANGUAGES:
            monkeypatch.setattr(messages, "_chosen", language)
            rendered.append(str(message))
            missing = [needle for needle in needles if needle not in rendered[-1]]
            assert not missing, f"{language}: {rendered[-1]}"
        monkeypatch.setattr(messages, "_chosen", "en")
        assert len(set(rendered)) == len(messages.LANGUAGES)

    return check
