"""Hashing in threads, with a bound."""

import asyncio
import os
import threading

import pytest

from app.auth.services import password_hasher
from app.auth.services.password_hasher import PasswordHasher


async def test_hash_and_verify_agree() -> None:
    """Two calls through threads come to the same as without."""
    hasher = PasswordHasher()
    hashed = await hasher.hash("correct horse")
    assert await hasher.verify("correct horse", hashed)
    assert not await hasher.verify("wrong horse", hashed)


@pytest.mark.parametrize(("processors", "at_once"), [(None, 1), (2, 2), (64, 4)])
async def test_a_flood_of_logins_is_bounded(
    monkeypatch: pytest.MonkeyPatch, processors: int | None, at_once: int
) -> None:
    """As many hashes at once as there are processors, up to four; none on the loop's thread."""
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    running = most = 0
    lock = threading.Lock()
    threads = set()

    def slow_hash(_password: str) -> str:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            threads.add(threading.get_ident())
        threading.Event().wait(0.02)
        with lock:
            running -= 1
        return "hash"

    monkeypatch.setattr(password_hasher, "hash_password", slow_hash)
    hasher = PasswordHasher()
    await asyncio.gather(*(hasher.hash("x") for _ in range(20)))
    assert most == at_once
    assert threading.get_ident() not in threads
