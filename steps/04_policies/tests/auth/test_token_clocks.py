"""Tokens that were made by another clock."""

import jwt
import pytest

from app.auth.config import TokenConfig
from app.auth.exceptions import TokenExpiredError, TokenInvalidError
from app.auth.services.token_service import ALGORITHM, TYPE, TokenService

CONFIG = TokenConfig()
SERVICE = TokenService(CONFIG)


def make_token(ahead: int) -> str:
    """Make one as a machine would whose clock is so many seconds ahead of ours."""
    key = CONFIG.JWT_SECRET.get_secret_value()
    token = SERVICE.make_access_token(1, 1)
    claims = jwt.decode(token, key, [ALGORITHM], audience=CONFIG.JWT_AUDIENCE)
    moved = {**claims, "iat": claims["iat"] + ahead, "exp": claims["exp"] + ahead}
    return jwt.encode(moved, key, ALGORITHM, headers={"typ": TYPE})


@pytest.mark.parametrize("ahead", [-1, 0, 1])
def test_small_difference_is_no_matter(caplog: pytest.LogCaptureFixture, ahead: int) -> None:
    """In both directions, and nobody hears of it."""
    token = make_token(ahead * (CONFIG.JWT_LEEWAY - 5))
    assert SERVICE.read_access_token(token).user_id == 1
    assert caplog.messages == []


def test_token_from_the_future_tells_the_operator(caplog: pytest.LogCaptureFixture) -> None:
    """It is signed by one of our machines: its clock is wrong, or ours."""
    with pytest.raises(TokenInvalidError):
        SERVICE.read_access_token(make_token(3600))
    (line,) = caplog.messages
    assert "whose clock is wrong?" in line


def test_token_from_the_past_has_expired(caplog: pytest.LogCaptureFixture) -> None:
    """As tokens do all the time: a refresh gives another one."""
    with pytest.raises(TokenExpiredError):
        SERVICE.read_access_token(make_token(-3600))
    assert caplog.messages == []
