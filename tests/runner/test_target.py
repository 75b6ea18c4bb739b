"""What can be run."""

import subprocess
import sys
from pathlib import Path

import pytest

from workshop.errors import WorkshopError
from workshop.project import Project
from workshop.runner.target import find_target


@pytest.mark.parametrize("asked", ["1", "01", "step-01"])
def test_step(asked: str, course: Path) -> None:
    """A step is found by its number, however it is written."""
    target = find_target(Project(course), asked)
    assert (target.name, target.step) == ("step-01", 1)
    assert target.build == course / ".workshop/build/step-01"


@pytest.mark.parametrize(
    "asked", ["2", "0", "", "finale", "../1", "\N{ARABIC-INDIC DIGIT ONE}", "1 ", "1" * 5000]
)
def test_unknown_target(asked: str, course: Path, language: str) -> None:
    """Whatever else is asked for, the error says what there is."""
    with pytest.raises(WorkshopError) as caught:
        find_target(Project(course), asked)
    assert "workshop run 1" in str(caught.value), language


def test_help_names_every_target(language: str) -> None:
    """Whoever asks how to run something learns of the app of their own, too."""
    asked = [sys.executable, "-m", "workshop", "--lang", language, "run", "--help"]
    said = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True).stdout
    assert "[final|mine|N]" in said
    meaning = {"en": "your workspace", "ru": "ваш workspace"}[language]
    assert f"mine ({meaning}" in " ".join(said.split())
