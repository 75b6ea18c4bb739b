"""Who is asking: dependencies of routes and policies."""

from typing import Annotated

from dishka.integrations.fastapi import FromDishka, inject
from fastapi import Depends
from fastapi.security import OAuth2PasswordBearer

from app.auth.exceptions import NotAuthenticatedError, TokenExpiredError, TokenInvalidError
from app.auth.models import User
from app.auth.queries.users.get_current import GetCurrentUser
from app.auth.services.token_service import AccessClaims, TokenService
from app.core.log.context import bind_user
from app.core.mediator import Mediator

AUTHENTICATION_ERRORS = (NotAuthenticatedError, TokenExpiredError, TokenInvalidError)
"""What a route that needs a user may answer."""

bearer = OAuth2PasswordBearer("auth/login", scheme_name="password", auto_error=False)
"""Where the token stands in a request, and for Swagger UI, where to get one."""


@inject
async def read_claims(
    token: Annotated[str | None, Depends(bearer)], tokens: FromDishka[TokenService]
) -> AccessClaims:
    """Read the access token, without asking whether its session goes on.

    Raises:
        NotAuthenticatedError: there is no token.
        TokenExpiredError: its time is over.
        TokenInvalidError: it is none of ours.

    """
    if token is None:
        raise NotAuthenticatedError
    return tokens.read_access_token(token)


Claims = Annotated[AccessClaims, Depends(read_claims)]
"""What the access token says; a route that takes it should take `ActiveUser` too."""


@inject
async def get_active_user(claims: Claims, mediator: FromDishka[Mediator]) -> User:
    """Find the user of the request, as the database knows it now.

    Raises:
        TokenInvalidError: the session is over, or the user is blocked or deleted.

    """
    user = await mediator.handle_query(GetCurrentUser(claims.user_id, claims.session_id))
    bind_user(user.id)
    return user


ActiveUser = Annotated[User, Depends(get_active_user)]
"""The living, not blocked user who makes the request; without one, the answer is 401."""
