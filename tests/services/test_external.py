"""An address that a person gave wins, and a silent one is named with the ways out."""

from __future__ import annotations

import os
import socket

import pytest

from workshop.docs.recording import shown_environment
from workshop.errors import WorkshopError
from workshop.messages import set_language
from workshop.project import Project
from workshop.services import Status, environment, pgwire, status
from workshop.services.smtp_settings import NAMES

from .clients import query
from .conftest import servers_below

SECRET = "tr%40l-la"  # noqa: S105 - made up, and it must not be shown


@pytest.fixture
def elsewhere(shared: Project) -> dict[str, str]:
    """Return addresses of servers that are not the checkout's."""
    return environment(shared, ("postgres", "redis"))


@pytest.fixture
def closed_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def failure(project: Project, name: str) -> WorkshopError:
    """Return the error that asking for a service ends in."""
    with pytest.raises(WorkshopError) as caught:
        environment(project, [name])
    return caught.value


def test_the_environment_wins(
    project: Project, elsewhere: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Addresses in the environment are used as they are, and nothing is started."""
    for variable, value in elsewhere.items():
        monkeypatch.setenv(variable, value)
    assert environment(project, ("postgres", "redis")) == elsewhere
    assert not servers_below(project.root)
    assert [(one.state, one.source) for one in status(project)[:2]] == [
        ("external", "DATABASE_URL"),
        ("external", "REDIS_URL"),
    ]


def test_dotenv_is_read_and_the_scheme_completed(
    project: Project, elsewhere: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plain postgresql:// address becomes the app's; the environment is asked before the file."""
    plain = elsewhere["DATABASE_URL"].replace("+asyncpg", "")
    content = f"DATABASE_URL='{plain}'\nREDIS_URL=redis://nobody.invalid:1/0\n"
    (project.root / ".env").write_text(content, encoding="utf-8-sig")
    monkeypatch.setenv("REDIS_URL", elsewhere["REDIS_URL"])
    found = environment(project, ("postgres", "redis"))
    assert found == elsewhere
    assert query(found, "SELECT 1") == 1
    assert status(project)[0].source == str(project.root / ".env")


def test_one_external_one_embedded(
    made: Project, elsewhere: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person may give one address and leave the other service to the workshop."""
    monkeypatch.setenv("REDIS_URL", elsewhere["REDIS_URL"])
    monkeypatch.setenv("DATABASE_URL", "  ")
    found = environment(made, ("postgres", "redis"))
    assert found["REDIS_URL"] == elsewhere["REDIS_URL"]
    assert {process.info["name"] for process in servers_below(made.root)} == {"postgres"}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    ("name", "setting"),
    [("postgres", "DATABASE_URL=postgresql"), ("redis", "REDIS_URL=redis")],
)
def test_a_silent_address_is_named(
    project: Project, closed_port: int, name: str, setting: str, language: str
) -> None:
    """The message names variable, file, host and port, but neither user nor password."""
    variable = setting.partition("=")[0]
    file = project.root / ".env"
    file.write_text(f"{setting}://bob:{SECRET}@127.0.0.1:{closed_port}/0\n", "utf-8")
    set_language(language)
    message = str(failure(project, name))
    for part in (variable, str(file), f"127.0.0.1:{closed_port}/0", "Connection refused"):
        assert part in message
    assert SECRET not in message
    assert "bob" not in message
    assert not servers_below(project.root)
    found = next(one for one in status(project) if one.name == name)
    assert found == Status(
        name, found.title, "silent", f"127.0.0.1:{closed_port}/0", "", "", str(file), message
    )


@pytest.mark.parametrize(
    ("name", "variable", "value"),
    [
        ("postgres", "DATABASE_URL", f"mysql://bob:{SECRET}@localhost/app"),
        ("postgres", "DATABASE_URL", f"postgresql+psycopg://bob:{SECRET}@localhost/app"),
        ("postgres", "DATABASE_URL", f"postgresql://bob:{SECRET}@localhost:port/app"),
        ("postgres", "DATABASE_URL", f"postgresql:bob:{SECRET}@localhost"),
        ("postgres", "DATABASE_URL", f"bob:{SECRET}"),
        ("postgres", "DATABASE_URL", f"postgresql://[bob:{SECRET}@localhost/app"),
        ("redis", "REDIS_URL", f"http://:{SECRET}@localhost:6379"),
        ("redis", "REDIS_URL", f"{SECRET}@localhost:6379"),
    ],
)
def test_an_unusable_address_is_explained(
    project: Project, monkeypatch: pytest.MonkeyPatch, name: str, variable: str, value: str
) -> None:
    """What the app could not use is refused before anybody waits for it; no password is shown."""
    monkeypatch.setenv(variable, value)
    for language in ("en", "ru"):
        set_language(language)
        message = str(failure(project, name))
        assert f"{variable}" in message
        assert "postgresql+asyncpg://" in message or "rediss://" in message
        assert SECRET not in message


def test_a_wrong_redis_password_is_told_from_silence(
    project: Project, elsewhere: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server is there: then the password in the address is what to mend."""
    port = elsewhere["REDIS_URL"].rsplit(":", 1)[1]
    monkeypatch.setenv("REDIS_URL", f"redis://:{SECRET}@127.0.0.1:{port}")
    error = failure(project, "redis")
    assert error.message_id == "services-external-refuses"
    assert "WRONGPASS" in str(error)
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{port}")
    assert "NOAUTH" in str(failure(project, "redis"))


def test_another_protocol_is_no_answer(
    project: Project, elsewhere: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Addresses that were mixed up are not taken for servers."""
    monkeypatch.setattr(pgwire, "TIMEOUT", 0.3)
    ports = {name: url.rsplit(":", 1)[1].split("/")[0] for name, url in elsewhere.items()}
    monkeypatch.setenv("DATABASE_URL", f"postgresql://127.0.0.1:{ports['REDIS_URL']}/app")
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{ports['DATABASE_URL']}")
    assert failure(project, "postgres").message_id == "services-external-silent"
    assert failure(project, "redis").message_id == "services-external-silent"


def test_our_own_address_is_not_somebody_elses(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shell that took over our address may keep it: a killed server is started all the same."""
    found = environment(project, ["redis"])
    monkeypatch.setenv("REDIS_URL", found["REDIS_URL"])
    for process in servers_below(project.root):
        process.kill()
    assert environment(project, ["redis"]) == found
    assert status(project)[1].source == ""


def test_a_broken_dotenv_is_named(project: Project) -> None:
    """A file in another encoding is reported with its path."""
    (project.root / ".env").write_bytes("PROJECT_NAME=Мастерская\n".encode("cp1251"))
    error = failure(project, "redis")
    assert error.message_id == "services-dotenv"
    assert str(project.root / ".env") in str(error)
    assert "REDIS_URL" not in os.environ


def test_outputs_of_pages_are_made_without_anybodys_servers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nor with other settings of the machine on which they are recorded."""
    hidden = {"DATABASE_URL", "REDIS_URL", *NAMES, "WORKSHOP_TEST_SECONDS"}
    for name in (*hidden, "KEPT"):
        monkeypatch.setenv(name, "1")
    found = shown_environment()
    assert not hidden & found.keys()
    assert found["KEPT"] == "1"
