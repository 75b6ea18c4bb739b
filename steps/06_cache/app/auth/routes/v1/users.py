"""Reading users."""

from typing import Annotated

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter, Depends

from app.auth.cache_keys import make_user_key
from app.auth.exceptions import UserNotFoundError
from app.auth.queries.users.get import GetUser
from app.auth.queries.users.list import ListUsers
from app.auth.schemas.user import UserFilterParam, UserListParams, UserResponse, UserSortParam
from app.core.api.builder import ListParamsBuilder, PaginatedResponse
from app.core.api.openapi import document
from app.core.api.rate_limiter import ConfigurableRateLimiter
from app.core.api.types import Identifier
from app.core.deps import cached
from app.core.mediator import Mediator

router = APIRouter(
    prefix="/users",
    tags=["users"],
    route_class=DishkaRoute,
    dependencies=[Depends(ConfigurableRateLimiter(times=60, seconds=60))],
)

list_params_builder = ListParamsBuilder(UserListParams, UserSortParam, UserFilterParam)


@router.get("")
async def get_list(
    request: Annotated[UserListParams, Depends(list_params_builder)],
    mediator: FromDishka[Mediator],
) -> PaginatedResponse[list[UserResponse]]:
    """List users page by page."""
    page = await mediator.handle_query(ListUsers(request.to_listing()))
    return PaginatedResponse[list[UserResponse]].model_validate(page)


@router.get("/{user_id}", responses=document(UserNotFoundError))
@cached(key_builder=lambda f, *args, **kwargs: make_user_key(kwargs["user_id"]))  # noqa: ARG005 - all that a key builder gets
async def get_one(user_id: Identifier, mediator: FromDishka[Mediator]) -> UserResponse:
    """Show one user: public, and the same to everybody, so the answer may be one that was kept."""
    return UserResponse.model_validate(await mediator.handle_query(GetUser(user_id)))
