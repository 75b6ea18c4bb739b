"""The commands of ``workshop services``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from io import StringIO

import pytest
from dotenv import dotenv_values
from typer.testing import CliRunner, Result

from workshop.cli.services import app
from workshop.messages import set_language
from workshop.project import Project
from workshop.services import environment, inbox_page
from workshop.services.cluster import binaries
from workshop.services.shell import lines

from .conftest import servers_below
from .test_life import BOTH

ALL = (*BOTH, "smtp")


@pytest.fixture
def call(project: Project, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Let commands find the checkout; call them with the result's ``invoke``."""
    monkeypatch.setenv("WORKSHOP_ROOT", str(project.root))
    return CliRunner()


def invoke(call: CliRunner, *arguments: str) -> Result:
    """Run a command."""
    return call.invoke(app, arguments, catch_exceptions=False)


def test_up_status_down(call: CliRunner, project: Project) -> None:
    """They start, show and stop the servers; the exit code of status tells whether all answer."""
    stopped = invoke(call, "status")
    assert stopped.exit_code == 1
    assert "workshop services up" in stopped.stderr
    started = invoke(call, "up")
    assert started.exit_code == 0
    for part in ("PostgreSQL", "Redis", "running", ".workshop/services/postgres/server.log"):
        assert part in started.stdout
    assert inbox_page(project) in started.stdout
    assert environment(project, ["smtp"])["SMTP_PASSWORD"] not in started.stdout
    for url in environment(project, BOTH).values():
        login, _, address = url.partition("@")
        assert address in started.stdout
        assert login.rpartition(":")[2] not in started.stdout
    assert invoke(call, "status").exit_code == 0
    assert invoke(call, "down").exit_code == 0
    assert not servers_below(project.root)
    assert (project.state / "services" / "postgres" / "data").is_dir()


def test_status_as_json(call: CliRunner, project: Project) -> None:
    """A program can read it, before anything was ever started, too; status starts nothing."""
    result = invoke(call, "status", "--json")
    assert result.exit_code == 1
    assert {one["state"] for one in json.loads(result.stdout)} == {"stopped"}
    assert not project.state.exists()


def test_down_wipe_deletes_everything(call: CliRunner, project: Project) -> None:
    """Data, logs and passwords go; without any servers it is no error."""
    environment(project, ["redis"])
    assert invoke(call, "down", "--wipe").exit_code == 0
    assert not list((project.state / "services").iterdir())
    assert invoke(call, "down", "--wipe").exit_code == 0


def test_the_tables_speak_russian(call: CliRunner) -> None:
    """The state is shown in the language in force."""
    set_language("ru")
    assert "остановлен" in invoke(call, "status").stdout


@pytest.fixture
def call_shared(shared: Project, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Let commands find the checkout whose servers run already."""
    monkeypatch.setenv("WORKSHOP_ROOT", str(shared.root))
    return CliRunner()


def test_env_for_a_shell(call_shared: CliRunner) -> None:
    """What env prints, a shell takes over, and psql finds the database."""
    printed = invoke(call_shared, "env", "--format", "sh").stdout
    script = f'{printed}\n"$0" -Atc "SELECT current_user"'
    psql = str(binaries() / "psql")
    clean = {"PATH": os.environ["PATH"]}
    answer = subprocess.run(
        ["sh", "-c", script, psql], env=clean, check=True, capture_output=True, text=True
    )
    assert answer.stdout == "app\n"


def test_env_for_dotenv(call_shared: CliRunner, shared: Project) -> None:
    """What env prints for .env, python-dotenv reads back."""
    printed = invoke(call_shared, "env", "--format", "dotenv").stdout
    assert dotenv_values(stream=StringIO(printed)) == environment(shared, ALL)


def test_odd_values_survive_quoting() -> None:
    """Quotes, dollars, spaces and backslashes in somebody's password are not the shell's."""
    odd = {"DATABASE_URL": r"""postgresql://a:it's "$HOME"\n `x`@h/d"""}
    assert dotenv_values(stream=StringIO("\n".join(lines(odd, "dotenv"))), interpolate=False) == odd
    script = "\n".join([*lines(odd, "sh"), 'printf %s "$DATABASE_URL"'])
    shell = shutil.which("sh") or "sh"
    told = subprocess.run([shell, "-c", script], check=True, capture_output=True, text=True)
    assert told.stdout == odd["DATABASE_URL"]
    assert lines({"A": "it's"}, "powershell") == ["$env:A = 'it''s'"]
