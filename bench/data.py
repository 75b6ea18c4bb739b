"""The database that all servers read: ten thousand users."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from urllib.request import Request, urlopen

import asyncpg  # type: ignore[import-untyped]  # it ships no types
from pwdlib import PasswordHash

NAME = "bench_test"
USERS = 10_000
SECRET = "x" * 40
NOBODYS_HASH = PasswordHash.recommended().hash(secrets.token_hex())
USERNAME, PASSWORD = "bench", "correct horse battery"


def make_settings(services: Mapping[str, str]) -> dict[str, str]:
    """Give the settings of every server: no rate limits, long tokens, lines as in production."""
    url = urlunsplit(urlsplit(services["DATABASE_URL"])._replace(path=f"/{NAME}"))
    return {
        **services,
        "DATABASE_URL": url,
        "PLAIN_DATABASE_URL": url.replace("postgresql+asyncpg", "postgresql"),
        "DATABASE_POOL_SIZE": "10",
        "DATABASE_MAX_OVERFLOW": "0",
        "LOG_FORMAT": "json",
        "RATE_LIMITER_ENABLED": "false",
        "CACHE_NAMESPACE": "bench-cache",
        "JWT_SECRET": SECRET,
        "ACCESS_TOKEN_LIFETIME": "86400",
        "FIRST_ADMIN_PASSWORD": PASSWORD,
    }


@contextmanager
def seeded(folder: Path, settings: Mapping[str, str]) -> Iterator[None]:
    """Make the database by the app's migrations, fill it, and drop it in the end."""
    url = settings["PLAIN_DATABASE_URL"]
    server = urlunsplit(urlsplit(url)._replace(path="/postgres"))
    drop = f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)"
    asyncio.run(_execute(server, drop, f"CREATE DATABASE {NAME}"))
    try:
        environment = {**os.environ, **settings}
        alembic = [sys.executable, "-m", "alembic", "upgrade", "head"]
        subprocess.run(alembic, cwd=folder, env=environment, check=True, capture_output=True)
        fill = f"""
            INSERT INTO users (email, username, password_hash, created_at)
            SELECT 'user' || n || '@example.com', 'user' || n, '{NOBODYS_HASH}',
                   now() - n * interval '1 minute'
            FROM generate_series(1, {USERS}) n"""  # noqa: S608 - a constant
        asyncio.run(_execute(url, fill, "VACUUM ANALYZE users"))
        yield
    finally:
        asyncio.run(_execute(server, drop))


async def _execute(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def log_in(url: str) -> str:
    """Register a user with the finished app, and return an access token."""
    account = {"email": "bench@example.com", "username": USERNAME, "password": PASSWORD}
    _post(f"{url}/api/v1/auth/register", json.dumps(account).encode(), "application/json")
    form = f"username={USERNAME}&password={PASSWORD.replace(' ', '+')}".encode()
    answer = _post(f"{url}/api/v1/auth/login", form, "application/x-www-form-urlencoded")
    return str(json.loads(answer)["access_token"])


def _post(url: str, body: bytes, kind: str) -> bytes:
    request = Request(url, body, {"Content-Type": kind})  # noqa: S310 - http, of our own server
    with urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
        return bytes(answer.read())
