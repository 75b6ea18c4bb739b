"""What holds a secret does not print it."""

import pytest

from app.auth.commands.sessions.log_in import LogIn
from app.auth.commands.sessions.refresh_tokens import RefreshTokens
from app.auth.schemas.session import LoginForm, RefreshRequest, TokensResponse
from app.auth.services.refresh_token import RefreshToken
from app.auth.services.token_service import Tokens

TOKENS = Tokens(access_token="hush", refresh_token="hush", expires_in=900)


@pytest.mark.parametrize(
    "holder",
    [
        LogIn("ada", "hush"),
        RefreshTokens("hush"),
        RefreshToken("hush", "hush"),
        TOKENS,
        TokensResponse.model_validate(TOKENS),
        LoginForm.model_validate({"username": "ada", "password": "hush"}),
        RefreshRequest.model_validate({"refresh_token": "hush"}),
    ],
    ids=lambda holder: type(holder).__name__,
)
def test_repr_holds_no_secret(holder: object) -> None:
    """Objects end up in logs and tracebacks."""
    assert "hush" not in repr(holder)


def test_new_refresh_tokens_are_unlike() -> None:
    """A family keeps its half; the other half, and other families, are new."""
    first, other = RefreshToken.create(), RefreshToken.create()
    following = first.make_next()
    assert first.family == following.family != other.family
    assert len({first.secret, following.secret, other.secret}) == 3
    assert RefreshToken.parse(str(first)) == first
    assert len({first.family_hash, first.token_hash, other.family_hash, other.token_hash}) == 4
