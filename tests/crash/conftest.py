"""Servers of this folder's own, which its tests may spoil one after another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .run import FINAL, SETTINGS
from .servers import Servers, prepare


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Give what starts them, and stop them in the end."""
    servers = Servers(tmp_path_factory.mktemp("bad days"), FINAL)
    try:
        yield servers
    finally:
        servers.stop()


@pytest.fixture(scope="session")
def addresses(servers: Servers) -> dict[str, str]:
    """Start them, with tables and one user; return what the app must know."""
    settings = {**SETTINGS, **servers.start()}
    prepare(FINAL, settings)
    return settings
