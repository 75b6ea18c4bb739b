"""``POST /auth/login``: who gets tokens, and what the others learn."""

import asyncio
import statistics
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.models import AuthSession, User, UserStatus
from app.auth.services import password_hasher, passwords
from app.auth.services.passwords import hash_password, verify_password
from tests.fixtures.accounts import AUTH, PASSWORD, add_user, get_me, hash_once, try_to_log_in

Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture
def fresh_stand_in() -> Iterator[None]:
    """Forget what stands in for a missing hash: this test's hashes cost more than the others'."""
    passwords.make_stand_in.cache_clear()
    yield
    passwords.make_stand_in.cache_clear()


@pytest.mark.parametrize(
    "name",
    [
        *("ada", "ADA", "ada "),
        *("ada@bücher.example", " Ada@Bücher.example", "ada@xn--bcher-kva.example"),
    ],
)
async def test_login_by_user_name_or_email(
    client: httpx.AsyncClient, sessions: Sessions, name: str
) -> None:
    """The field that OAuth 2 calls ``username`` takes both, in every form that means the same."""
    await add_user(sessions, "ada", email="ada@bücher.example")
    answer = await try_to_log_in(client, name)
    assert answer.status_code == 200, answer.text
    tokens = answer.json()
    assert (tokens["token_type"], tokens["expires_in"]) == ("bearer", 900)
    assert (await get_me(client, tokens["access_token"])).json()["username"] == "ada"


@pytest.mark.usefixtures("ada")
async def test_tokens_are_not_cached(client: httpx.AsyncClient) -> None:
    """No cache on the way may keep them."""
    assert (await try_to_log_in(client, "ada")).headers["cache-control"] == "no-store"


async def test_the_session_is_there_when_the_answer_is(
    client: httpx.AsyncClient, sessions: Sessions, ada: User
) -> None:
    """The commit comes before the response: another connection finds the session at once."""
    await try_to_log_in(client, "ada")
    async with sessions() as session:
        login = (await session.scalars(select(AuthSession))).one()
    assert login.user_id == ada.id
    assert (login.expires_at - login.created_at).days == 30


@pytest.mark.usefixtures("ada")
async def test_no_token_is_stored(client: httpx.AsyncClient, sessions: Sessions) -> None:
    """Who reads the table, or a backup of it, can use nothing of it."""
    family, _, secret = (await try_to_log_in(client, "ada")).json()["refresh_token"].partition(".")
    async with sessions() as session:
        login = (await session.scalars(select(AuthSession))).one()
    row = b"".join((login.family_hash, login.token_hash))
    assert len(row) == 64
    assert family.encode() not in row
    assert secret.encode() not in row


async def test_refusals_are_all_alike(client: httpx.AsyncClient, sessions: Sessions) -> None:
    """Unknown, mistyped, blocked, deleted: the same answer to the letter, but for the id."""
    await add_user(sessions, "ada")
    await add_user(sessions, "blocked", status_id=UserStatus.BLOCKED)
    gone = await add_user(sessions, "gone")
    async with sessions() as session:
        await session.execute(
            update(User).where(User.id == gone.id).values(deleted_at=gone.created_at)
        )
        await session.commit()
    answers = [
        await try_to_log_in(client, "nobody"),
        await try_to_log_in(client, "nobody@example.com"),
        await try_to_log_in(client, "ada", "wrong horse battery"),
        await try_to_log_in(client, "blocked"),
        await try_to_log_in(client, "gone"),
    ]
    for answer in answers:
        assert answer.status_code == 401
        assert answer.json()["code"] == "credentials_invalid"
        assert answer.headers["www-authenticate"] == "Bearer"
    assert len({str(answer.json() | {"request_id": ""}) for answer in answers}) == 1
    assert len({frozenset(answer.headers) for answer in answers}) == 1


@pytest.mark.usefixtures("strong_hashes", "fresh_stand_in")
async def test_unknown_user_takes_as_long_as_a_wrong_password(
    client: httpx.AsyncClient, sessions: Sessions
) -> None:
    """Else the time would tell who has an account; a lookup alone takes a twentieth of it."""
    await add_user(sessions, "ada", password_hash=hash_password(PASSWORD))
    times: dict[str, list[float]] = {"ada": [], "nobody": []}
    for _ in range(5):
        for name, measured in times.items():
            started = time.process_time()  # of all threads, whatever else the machine does
            await try_to_log_in(client, name, "wrong horse battery")
            measured.append(time.process_time() - started)
    known, unknown = (statistics.median(measured) for measured in times.values())
    assert 0.5 < unknown / known < 2


async def test_first_unknown_user_takes_no_longer_either() -> None:
    """What stands in for the missing hash is made for a known user too, if nobody made it yet."""
    passwords.make_stand_in.cache_clear()
    await password_hasher.PasswordHasher().verify_and_update("x", hash_once(PASSWORD))
    assert passwords.make_stand_in.cache_info().currsize == 1


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"username": "ada"}, "password"),
        ({"password": PASSWORD}, "username"),
        ({"username": "", "password": PASSWORD}, "username"),
        ({"username": "ada", "password": "x" * 1025}, "password"),
        ({"username": "a" * 256, "password": PASSWORD}, "username"),
        ({"username": "ada\x00", "password": PASSWORD}, "username"),
        ({"username": "ada", "password": PASSWORD, "grant_type": "refresh_token"}, "grant_type"),
    ],
)
async def test_bad_form_is_refused_before_hashing(
    client: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    form: dict[str, str],
    field: str,
) -> None:
    """422 names the field; a password of megabytes costs nothing."""

    def refuse(*_: str) -> None:
        pytest.fail("hashed")

    monkeypatch.setattr(password_hasher, "verify_and_update", refuse)
    answer = await client.post(f"{AUTH}/login", data=form)
    assert answer.status_code == 422
    assert [error["loc"] for error in answer.json()["errors"]] == [["body", field]]
    assert PASSWORD not in answer.text


async def test_password_is_the_same_in_every_unicode_form(
    client: httpx.AsyncClient, sessions: Sessions
) -> None:
    """Composed on one keyboard, decomposed or full width on another."""
    await add_user(sessions, "zoe", password_hash=hash_once("caf\u00e9 au lait 1"))
    for typed in ("cafe\u0301 au lait 1", "caf\u00e9 au lait \uff11"):
        assert (await try_to_log_in(client, "zoe", typed)).status_code == 200
    assert (await try_to_log_in(client, "zoe", "cafe au lait 1")).status_code == 401


async def test_weaker_hash_is_replaced_at_the_login(
    client: httpx.AsyncClient, sessions: Sessions
) -> None:
    """Only then is the password known; two logins at once both succeed."""
    weak = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    ada = await add_user(sessions, "ada", password_hash=weak)
    answers = await asyncio.gather(*(try_to_log_in(client, "ada") for _ in range(2)))
    assert [answer.status_code for answer in answers] == [200, 200]
    async with sessions() as session:
        stored = (await session.get_one(User, ada.id)).password_hash
    assert stored != weak
    assert verify_password(PASSWORD, stored)
    assert (await try_to_log_in(client, "ada", "wrong horse battery")).status_code == 401
    async with sessions() as session:
        assert (await session.get_one(User, ada.id)).password_hash == stored


@pytest.mark.usefixtures("ada")
async def test_no_connection_is_held_while_a_password_is_verified(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a queue of logins would starve every other request of connections."""
    held: list[int] = []

    def verify(*_: str) -> tuple[bool, None]:
        held.append(app.state.engine.pool.checkedout())
        return False, None

    monkeypatch.setattr(password_hasher, "verify_and_update", verify)
    assert (await try_to_log_in(client, "ada")).status_code == 401
    assert held == [0]


@pytest.mark.parametrize(
    "change", [{"status_id": UserStatus.BLOCKED}, {"password_hash": hash_once("another password")}]
)
async def test_change_during_a_login_wins(
    client: httpx.AsyncClient,
    sessions: Sessions,
    ada: User,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, Any],
) -> None:
    """The password was right when it was read; a moment later the user is not what it was."""
    verify_as_ever = password_hasher.PasswordHasher.verify_and_update

    async def verify_slowly(
        self: password_hasher.PasswordHasher, password: str, password_hash: str | None
    ) -> tuple[bool, str | None]:
        verified = await verify_as_ever(self, password, password_hash)
        async with sessions() as session:
            await session.execute(update(User).values(change))
            await session.commit()
        return verified

    monkeypatch.setattr(password_hasher.PasswordHasher, "verify_and_update", verify_slowly)
    assert (await try_to_log_in(client, ada.username)).status_code == 401
    async with sessions() as session:
        assert (await session.scalars(select(AuthSession))).all() == []
