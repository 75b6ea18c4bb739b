"""``workshop author verify`` and ``author test``, as a person calls them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from workshop.checks import Job, all_jobs
from workshop.cli.verify import verify
from workshop.layers import read_layers
from workshop.messages import set_language
from workshop.project import find_project

from .conftest import MakeBusy


def workshop(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    return subprocess.run(
        [sys.executable, "-m", "workshop", *arguments],
        cwd=find_project().root,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_every_step_and_every_folder_of_tests_has_a_job() -> None:
    """Nothing is left out of ``nox -s tests``."""
    project = find_project()
    layers = read_layers(project)
    names = {job.name for job in all_jobs(project, layers)}
    folders = {path.parent.name for path in (project.root / "tests").glob("*/test_*.py")}
    assert names >= {f"step-{layer.number:02}" for layer in layers}
    assert names >= {f"tests-{folder}" for folder in folders}
    assert names >= {"tests-rest", "types", "lint", "composition"}


def test_import_rules_are_checked_in_a_fresh_clone(tmp_path: Path) -> None:
    """No build is there yet when ``verify`` begins; the rules of a step are found all the same."""
    project = find_project()
    for name in ("steps", "final"):
        shutil.copytree(project.root / name, tmp_path / name)
    forbidden = tmp_path / "steps/03_di/app/core/mediator/forbidden.py"
    lines = (
        '"""Breaks it."""',
        "",
        "from app.auth.models import User",
        "",
        '__all__ = ["User"]',
        "",
    )
    forbidden.write_text("\n".join(lines), encoding="utf-8")
    settings = "[tool.ruff]\nexclude = ['steps', 'final', '.workshop']\n"
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    ended = workshop("author", "verify", "lint", WORKSHOP_ROOT=str(tmp_path))
    assert ended.returncode == 1
    assert "Core knows no module BROKEN" in ended.stdout


def test_unknown_check_names_the_known_ones() -> None:
    """Exit code 2: the command was called wrongly."""
    ended = workshop("--lang", "en", "author", "verify", "nonsense")
    assert ended.returncode == 2
    assert "There is no check nonsense" in ended.stderr
    assert "composition" in ended.stderr


@pytest.mark.parametrize(("language", "words"), [("en", "no step 77"), ("ru", "Шага 77 нет")])
def test_unknown_step_is_refused(language: str, words: str) -> None:
    """In the language that was asked for."""
    ended = workshop("author", "test", "77", WORKSHOP_LANG=language)
    assert ended.returncode == 2
    assert words in ended.stderr


def test_unknown_language_is_refused() -> None:
    """With the known ones and an example."""
    ended = workshop("--lang", "xx", "services", "status")
    assert ended.returncode == 2
    assert "en, ru" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_verify_says_what_ran_and_ends_with_a_line_for_machines() -> None:
    """One named job is run, counted and summed up."""
    ended = workshop("--lang", "en", "author", "verify", "composition")
    assert ended.returncode == 0, ended.stdout
    assert "✓ composition" in ended.stdout
    assert ended.stdout.rstrip().splitlines()[-1] == "1 passed, 0 failed, 0 skipped"


@pytest.mark.parametrize(
    ("language", "result"), [("en", "passed alone"), ("ru", "пройдена отдельно")]
)
def test_second_run_is_told(
    make_busy: MakeBusy,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    result: str,
) -> None:
    """Nobody takes it for a quiet success: the failure, the log and the sum say what happened."""
    jobs = (make_busy(1), Job("other", ()))
    monkeypatch.setattr("workshop.checks.all_jobs", lambda *_layers, **_complete: jobs)
    set_language(language)
    with pytest.raises(typer.Exit) as ended:
        verify([])
    printed = capsys.readouterr().out
    assert ended.value.exit_code == 0
    assert "✗ busy" in printed
    assert "too busy" in printed
    assert re.search(rf"(?m)^! busy: .*{result}", printed)
    assert "busy.beside.log" in printed
    assert re.search(rf"(?m)^busy +{result} ", printed)
    assert printed.rstrip().endswith("2 passed, 0 failed, 0 skipped")


def test_sessions_read_as_a_manual() -> None:
    """``nox -l`` shows every session with what it is for."""
    listed = subprocess.run(
        [sys.executable, "-m", "nox", "--list"],
        cwd=find_project().root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout
    lines = [line for line in listed.splitlines() if line.startswith(("* ", "- "))]
    assert len(lines) >= 10
    assert all(" -> " in line and line.endswith((".", "`")) for line in lines), listed
