"""``POST /auth/register``: the first command, from the body to the row."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.commands.users.register import RegisterUser
from app.auth.models import User, UserStatus
from app.auth.schemas.registration import RegistrationRequest
from app.auth.services.passwords import verify_password
from app.core.db import INCLUDE_DELETED

Sessions = async_sessionmaker[AsyncSession]
ADDRESS = "/api/v1/auth/register"
ADA = {"email": "Ada@Example.com", "username": "Ada", "password": "correct horse battery"}


async def test_registration_makes_an_active_user_without_rights(
    client: httpx.AsyncClient, sessions: Sessions
) -> None:
    """The answer shows the user, the row holds a hash of the password."""
    answer = await client.post(ADDRESS, json=ADA)
    assert answer.status_code == 201, answer.text
    async with sessions() as session:
        user = (await session.scalars(select(User))).one()
    assert answer.json() == {
        "id": user.id,
        "username": "ada",
        "status_id": UserStatus.ACTIVE,
        "created_at": user.created_at.isoformat().replace("+00:00", "Z"),
    }
    assert (user.email, user.is_admin) == ("ada@example.com", False)
    assert verify_password(ADA["password"], user.password_hash)


def test_command_does_not_show_the_password() -> None:
    """Commands end up in logs and tracebacks."""
    assert "hush" not in repr(RegisterUser("ada@example.com", "ada", password="hush"))


async def test_the_row_is_there_when_the_answer_is(
    client: httpx.AsyncClient, sessions: Sessions
) -> None:
    """The commit comes before the response: another connection finds the user at once."""
    answer = await client.post(ADDRESS, json=ADA)
    async with sessions() as session:
        assert await session.get(User, answer.json()["id"]) is not None


@pytest.mark.parametrize(
    ("taken", "words"), [("email", "This e-mail is taken"), ("username", "This user name is taken")]
)
async def test_taken_email_or_name_is_a_conflict(
    client: httpx.AsyncClient, sessions: Sessions, taken: str, words: str
) -> None:
    """Whatever the case of the letters; the answer says which of the two."""
    await client.post(ADDRESS, json=ADA)
    other = {"email": "eve@example.com", "username": "eve", "password": "another long password"}
    answer = await client.post(ADDRESS, json=other | {taken: ADA[taken].upper()})
    assert (answer.status_code, answer.json()["code"]) == (409, "user_exists")
    assert words in answer.json()["detail"]
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(User)) == 1


async def test_two_registrations_at_once_make_one_user(
    client: httpx.AsyncClient, sessions: Sessions
) -> None:
    """The index decides; a check before the insert would let both through."""
    answers = await asyncio.gather(*(client.post(ADDRESS, json=ADA) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    async with sessions() as session:
        every = select(func.count()).select_from(User).execution_options(**INCLUDE_DELETED)
        assert await session.scalar(every) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no-address"),
        ("email", "Ada <ada@example.com>"),
        ("email", f"ada@{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 60}.example.com"),
        ("username", "ab"),
        ("username", "a" * 51),
        ("username", "ada lovelace"),
        ("username", "ada\x00"),
        ("username", "-ada"),
        ("password", "eleven-char"),
        ("password", "x" * 129),
        ("password", "half a character: \ud800"),
        ("is_admin", True),
    ],
)
async def test_bad_body_is_refused_by_name(
    client: httpx.AsyncClient,
    sessions: Sessions,
    field: str,
    value: Any,  # noqa: ANN401 - JSON
) -> None:
    """422 names the field, never repeats the password, and nothing is stored."""
    body = json.dumps(ADA | {field: value})  # as httpx does, but it can't write half a character
    answer = await client.post(ADDRESS, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert [error["loc"] for error in answer.json()["errors"]] == [["body", field]]
    assert ADA["password"] not in answer.text
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(User)) == 0


@pytest.mark.parametrize("field", ADA)
async def test_missing_field_is_refused_by_name(client: httpx.AsyncClient, field: str) -> None:
    """None of them has a default."""
    body = {name: value for name, value in ADA.items() if name != field}
    answer = await client.post(ADDRESS, json=body)
    assert answer.status_code == 422
    assert [error["loc"] for error in answer.json()["errors"]] == [["body", field]]


@pytest.mark.parametrize(
    ("field", "value"),
    [("username", "a" * 50), ("password", "twelve-chars"), ("password", "x" * 128)],
)
def test_what_just_fits_is_taken(field: str, value: str) -> None:
    """The bounds belong to what is allowed."""
    RegistrationRequest.model_validate(ADA | {field: value})


@pytest.mark.usefixtures("strong_hashes")
async def test_hashing_does_not_stop_other_requests(
    client: httpx.AsyncClient, sessions: Sessions
) -> None:
    """While passwords are hashed, the event loop goes on serving."""
    bodies = [ADA | {"email": f"u{n}@example.com", "username": f"user{n}"} for n in range(4)]
    registrations = asyncio.gather(*(client.post(ADDRESS, json=body) for body in bodies))
    served = 0
    while not registrations.done():
        await client.get("/health/live")
        await asyncio.sleep(0.001)  # an in-process call never waits, so nobody else would run
        served += 1
    assert {answer.status_code for answer in await registrations} == {201}
    assert served > len(bodies)
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(User)) == len(bodies)
