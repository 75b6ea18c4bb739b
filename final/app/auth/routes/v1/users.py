"""Reading users."""

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select

from app.auth.exceptions import UserNotFoundError
from app.auth.models import User
from app.auth.schemas.user import UserFilterParam, UserListParams, UserResponse, UserSortParam
from app.core.api.builder import ListParamsBuilder, PaginatedResponse
from app.core.api.openapi import document
from app.core.api.rate_limiter import ConfigurableRateLimiter
from app.core.api.session import ReadSession
from app.core.api.types import Identifier
from app.core.db.listing import fetch_page

router = APIRouter(
    prefix="/users",
    tags=["users"],
    dependencies=[Depends(ConfigurableRateLimiter(times=60, seconds=60))],
)

list_params_builder = ListParamsBuilder(UserListParams, UserSortParam, UserFilterParam)


@router.get("")
async def get_list(
    request: Annotated[UserListParams, Depends(list_params_builder)], session: ReadSession
) -> PaginatedResponse[list[UserResponse]]:
    """List users page by page."""
    page = await fetch_page(session, select(User), request.to_listing())
    return PaginatedResponse[list[UserResponse]].model_validate(page)


@router.get("/{user_id}", responses=document(UserNotFoundError))
async def get_one(user_id: Identifier, session: ReadSession) -> UserResponse:
    """Show one user."""
    user = await session.get(User, user_id)
    if user is None:
        raise UserNotFoundError(user_id)
    return UserResponse.model_validate(user)
