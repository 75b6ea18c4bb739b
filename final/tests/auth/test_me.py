"""``GET /auth/me``, and which access tokens open it."""

import base64
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import jwt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.config import TokenConfig
from app.auth.exceptions import TokenExpiredError, TokenInvalidError
from app.auth.models import AuthSession, User, UserStatus
from app.auth.services.token_service import TokenService
from tests.fixtures.accounts import AUTH, get_me, open_session, refresh

Sessions = async_sessionmaker[AsyncSession]

CONFIG = TokenConfig()
KEY = CONFIG.JWT_SECRET.get_secret_value()
DIGESTS = {"HS256": "sha256", "HS512": "sha512", "hs256": "sha256"}


@pytest.fixture
async def tokens(sessions: Sessions, ada: User) -> dict[str, str]:
    """Log in."""
    return await open_session(sessions, ada)


def encode(part: bytes) -> str:
    """Write a part of a token."""
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def forge(
    token: str,
    key: str = KEY,
    alg: str = "HS256",
    typ: str = "at+jwt",
    **claims: Any,  # noqa: ANN401 - JSON
) -> str:
    """Make the same token again, but for what is given; None leaves a claim out.

    By hand, because PyJWT refuses to make some of these.
    """
    said = jwt.decode(token, options={"verify_signature": False}) | claims
    kept = {name: value for name, value in said.items() if value is not None}
    parts = [encode(json.dumps(part).encode()) for part in ({"alg": alg, "typ": typ}, kept)]
    signature = hmac.digest(key.encode(), ".".join(parts).encode(), DIGESTS[alg])
    return ".".join((*parts, encode(signature)))


def unsign(token: str) -> str:
    """Claim that the token needs no signature."""
    header = encode(b'{"alg":"none","typ":"at+jwt"}')
    return f"{header}.{token.split('.')[1]}."


def in_seconds(seconds: float) -> float:
    """Give a time as tokens write it."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).timestamp()


async def test_me_shows_the_own_account(
    client: httpx.AsyncClient, ada: User, tokens: dict[str, str]
) -> None:
    """With the e-mail address, without the hash; no cache keeps it."""
    answer = await get_me(client, tokens["access_token"])
    assert answer.json() == {
        "id": ada.id,
        "username": "ada",
        "status_id": UserStatus.ACTIVE,
        "created_at": ada.created_at.isoformat().replace("+00:00", "Z"),
        "email": "ada@example.com",
        "is_admin": False,
    }
    assert answer.headers["cache-control"] == "no-store"


async def test_me_costs_one_select(
    client: httpx.AsyncClient, tokens: dict[str, str], statements: list[str]
) -> None:
    """User and session are looked up together, outside of a transaction."""
    await get_me(client, tokens["access_token"])
    assert len(statements) == 1
    assert statements[0].startswith("SELECT")


def test_token_says_what_it_should(tokens: dict[str, str]) -> None:
    """Text for the ids, times, and an id of its own; nothing about the person."""
    said = jwt.decode(tokens["access_token"], options={"verify_signature": False})
    assert set(said) == {"iss", "aud", "sub", "sid", "jti", "iat", "exp"}
    assert (said["sub"], said["sid"]) == ("1", "1")
    assert said["exp"] - said["iat"] == CONFIG.ACCESS_TOKEN_LIFETIME


FORGERIES: dict[str, Callable[[str], str]] = {
    "none": unsign,
    "other key": lambda token: forge(token, key=KEY[::-1]),
    "unknown algorithm": lambda token: forge(token, alg="hs256"),
    "other algorithm": lambda token: forge(token, alg="HS512"),
    "other audience": lambda token: forge(token, aud="somebody"),
    "audience missing": lambda token: forge(token, aud=None),
    "other issuer": lambda token: forge(token, iss="somebody"),
    "issuer missing": lambda token: forge(token, iss=None),
    "other kind": lambda token: forge(token, typ="JWT"),
    "from the future": lambda token: forge(token, iat=in_seconds(60)),
    "never expires": lambda token: forge(token, exp=None),
    "expires at no time": lambda token: forge(token, exp="never"),
    "expires in infinity": lambda token: forge(token, exp=float("inf")),
    "id missing": lambda token: forge(token, jti=None),
    "numeric sub": lambda token: forge(token, sub=1),
    "sub is no number": lambda token: forge(token, sub="ada"),
    "sub is too large": lambda token: forge(token, sub=str(2**63)),
    "sub of nobody": lambda token: forge(token, sub="999"),
    "session missing": lambda token: forge(token, sid=None),
    "session of nobody": lambda token: forge(token, sid="999"),
    "changed": lambda token: token[:-2],
    "empty": lambda _token: "",
    "dots": lambda _token: "..",
    "deep": lambda _token: base64.urlsafe_b64encode(b"[" * 40_000).decode() + ".e30.x",
    "latin": lambda _token: "\xe9.\xe9.\xe9",
}


@pytest.mark.parametrize("make", FORGERIES.values(), ids=FORGERIES)
async def test_forgery_is_refused(
    client: httpx.AsyncClient, tokens: dict[str, str], make: Callable[[str], str]
) -> None:
    """All alike: the answer helps nobody to forge better."""
    header = b"Bearer " + make(tokens["access_token"]).encode("latin-1")
    answer = await client.get(f"{AUTH}/me", headers={b"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid")
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'


async def test_an_untouched_copy_is_accepted(
    client: httpx.AsyncClient, tokens: dict[str, str]
) -> None:
    """So the refusals above are for the change that they make."""
    assert (await get_me(client, forge(tokens["access_token"]))).status_code == 200


async def test_refresh_token_is_no_access_token(
    client: httpx.AsyncClient, tokens: dict[str, str]
) -> None:
    """It is worth more, so it must travel less."""
    answer = await get_me(client, tokens["refresh_token"])
    assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid")
    assert (await refresh(client, tokens["refresh_token"])).status_code == 200


async def test_expired_token_says_so(client: httpx.AsyncClient, tokens: dict[str, str]) -> None:
    """A client knows from the code that a refresh may help."""
    late = forge(tokens["access_token"], exp=in_seconds(-CONFIG.JWT_LEEWAY - 1))
    answer = await get_me(client, late)
    assert (answer.status_code, answer.json()["code"]) == (401, "token_expired")
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    within_leeway = forge(tokens["access_token"], exp=in_seconds(-CONFIG.JWT_LEEWAY + 5))
    assert (await get_me(client, within_leeway)).status_code == 200


@pytest.mark.usefixtures("sessions")
@pytest.mark.parametrize("header", [None, "", "Basic YWRhOmFkYQ==", "Token abc"])
async def test_no_token_asks_for_one(client: httpx.AsyncClient, header: str | None) -> None:
    """Without ``error=``, as RFC 6750 wants it: nothing was wrong yet."""
    headers = {} if header is None else {"Authorization": header}
    answer = await client.get(f"{AUTH}/me", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "change", [{"status_id": UserStatus.BLOCKED}, {"deleted_at": datetime.now(UTC)}]
)
async def test_blocked_or_deleted_user_is_out_at_once(
    client: httpx.AsyncClient, sessions: Sessions, tokens: dict[str, str], change: dict[str, Any]
) -> None:
    """Even where another program changed the row, and the token has minutes to live."""
    async with sessions() as session:
        await session.execute(update(User).values(change))
        await session.commit()
    answer = await get_me(client, tokens["access_token"])
    assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid")


async def test_session_of_another_user_is_refused(
    client: httpx.AsyncClient, sessions: Sessions, tokens: dict[str, str]
) -> None:
    """The two ids in a token must belong together."""
    async with sessions() as session:
        eve = User.create("eve@example.com", "eve", "hash")
        session.add(eve)
        await session.commit()
        assert await session.scalar(select(AuthSession.user_id)) != eve.id
    answer = await get_me(client, forge(tokens["access_token"], sub=str(eve.id)))
    assert answer.status_code == 401


@given(st.text() | st.from_regex(r"\A[A-Za-z0-9_-]{0,20}(\.[A-Za-z0-9_-]{0,20}){2}\Z"))
@settings(deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever stands in the header, the answer is 401, never 500."""
    with pytest.raises((TokenInvalidError, TokenExpiredError)):
        TokenService(CONFIG).read_access_token(text)


def test_secrets_are_not_printed(tokens: dict[str, str]) -> None:
    """What ends up in a log by accident holds nothing to use."""
    service = TokenService(CONFIG)
    claims = service.read_access_token(tokens["access_token"])
    assert (claims.user_id, claims.session_id) == (1, 1)
    assert KEY not in repr(service)


def test_largest_ids_have_a_place_in_a_token() -> None:
    """A key of PostgreSQL goes up to here."""
    service, largest = TokenService(CONFIG), 2**63 - 1
    claims = service.read_access_token(service.make_access_token(largest, largest))
    assert (claims.user_id, claims.session_id) == (largest, largest)
