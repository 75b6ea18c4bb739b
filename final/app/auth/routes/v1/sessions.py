"""Logging in, staying logged in, logging out."""

from typing import Annotated

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter, Depends, Form, Response, status

from app.auth.account_rate_limiter import AccountRateLimiter
from app.auth.commands.sessions.log_in import LogIn
from app.auth.commands.sessions.log_out import LogOut
from app.auth.commands.sessions.refresh_tokens import RefreshTokens
from app.auth.deps import AUTHENTICATION_ERRORS, ActiveUser, Claims
from app.auth.exceptions import CredentialsInvalidError, RefreshTokenInvalidError
from app.auth.schemas.account import AccountResponse
from app.auth.schemas.session import LoginForm, RefreshRequest, TokensResponse
from app.core.api.openapi import document
from app.core.api.rate_limiter import ConfigurableRateLimiter
from app.core.mediator import Mediator


async def forbid_caching(response: Response) -> None:
    """Keep tokens and private data out of every cache (RFC 6749, section 5.1)."""
    response.headers["Cache-Control"] = "no-store"


router = APIRouter(
    prefix="/auth",
    tags=["auth"],
    route_class=DishkaRoute,
    dependencies=[
        Depends(ConfigurableRateLimiter(times=60, seconds=60)),
        Depends(forbid_caching),
    ],
)


@router.post(
    "/login",
    dependencies=[
        Depends(ConfigurableRateLimiter(times=10, seconds=60)),
        Depends(AccountRateLimiter(times=10, seconds=300)),
    ],
    responses=document(CredentialsInvalidError),
)
async def log_in(
    form: Annotated[LoginForm, Form()], mediator: FromDishka[Mediator]
) -> TokensResponse:
    """Start a session with a user name or an e-mail address, and a password."""
    tokens = await mediator.handle_command(LogIn(form.username, form.password.get_secret_value()))
    return TokensResponse.model_validate(tokens)


@router.post("/refresh", responses=document(RefreshTokenInvalidError))
async def refresh(request: RefreshRequest, mediator: FromDishka[Mediator]) -> TokensResponse:
    """Exchange the refresh token for new tokens. The old one must not be sent again."""
    tokens = await mediator.handle_command(RefreshTokens(request.refresh_token.get_secret_value()))
    return TokensResponse.model_validate(tokens)


@router.post(
    "/logout",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=document(*AUTHENTICATION_ERRORS),
)
async def log_out(_user: ActiveUser, claims: Claims, mediator: FromDishka[Mediator]) -> None:
    """End this session: its access and refresh tokens stop working at once."""
    await mediator.handle_command(LogOut(claims.session_id))


@router.get("/me", responses=document(*AUTHENTICATION_ERRORS))
async def get_me(user: ActiveUser) -> AccountResponse:
    """Show one's own account."""
    return AccountResponse.model_validate(user)
