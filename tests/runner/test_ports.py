"""The app gets a port that is free, or an error that helps."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from workshop.errors import WorkshopError
from workshop.runner import ports
from workshop.runner.ports import parse_port, take_port

HERE = "127.0.0.1"


@pytest.fixture
def taken() -> Iterator[int]:
    """Hold a port."""
    with socket.create_server((HERE, 0)) as server:
        yield server.getsockname()[1]


def test_taken_default_moves_on(
    taken: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the first port is taken, the next free one is given."""
    monkeypatch.setattr(ports, "DEFAULT", taken)
    port = take_port(HERE, None, tmp_path)
    assert port.number > taken
    port.release()


def test_port_is_reserved_until_it_is_handed_over(tmp_path: Path) -> None:
    """While the app is being prepared, nobody else gets the port, not even another checkout."""
    port = take_port(HERE, None, tmp_path)
    with pytest.raises(OSError, match="in use"):
        socket.create_server((HERE, port.number))
    with pytest.raises(WorkshopError, match=f"taken by process {os.getpid()}"):
        take_port(HERE, port.number, tmp_path / "other")
    port.hand_over()
    socket.create_server((HERE, port.number)).close()
    port.release()


def test_promised_port_is_taken(tmp_path: Path, language: str) -> None:
    """A port that another run has handed over, but no app listens on yet, is not given away."""
    first = take_port(HERE, None, tmp_path)
    first.hand_over()
    second = take_port(HERE, None, tmp_path)
    assert second.number != first.number
    second.release()
    with pytest.raises(WorkshopError) as caught:
        take_port(HERE, first.number, tmp_path)
    assert caught.value.message_id == "run-port-taken"
    assert str(first.number) in str(caught.value), language
    first.release()
    take_port(HERE, first.number, tmp_path).release()


def test_holder_is_named(taken: int, tmp_path: Path, language: str) -> None:
    """The error has the process that holds the port, and a port that is free."""
    with pytest.raises(WorkshopError) as caught:
        take_port(HERE, taken, tmp_path)
    assert caught.value.message_id == "run-port-held"
    assert f" {os.getpid()}: " in str(caught.value), language


def test_wildcard_of_another_program_counts(tmp_path: Path) -> None:
    """A port held on all addresses is taken on each of them."""
    with (
        socket.create_server(("0.0.0.0", 0)) as server,  # noqa: S104 - the point of the test
        pytest.raises(WorkshopError, match="taken"),
    ):
        take_port(HERE, server.getsockname()[1], tmp_path)


@pytest.mark.parametrize(
    "asked", ["0", "65536", "-1", "http", "80.5", "", "\N{FULLWIDTH DIGIT EIGHT}", "1" * 5000]
)
def test_no_port(asked: str, language: str) -> None:
    """What is not a port is refused with an example."""
    with pytest.raises(WorkshopError) as caught:
        parse_port(asked)
    assert "--port 8001" in str(caught.value), language


@pytest.mark.parametrize("host", ["no-such-host.invalid", "192.0.2.1", "", "a" * 300])
def test_no_host(host: str, tmp_path: Path, language: str) -> None:
    """An address that is not ours is refused with those that work."""
    with pytest.raises(WorkshopError) as caught:
        take_port(host, None, tmp_path)
    assert "--host 127.0.0.1" in str(caught.value), language
