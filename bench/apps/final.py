"""The finished app, with one more route: a user by id without the cache."""

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter

from app.auth.queries.users.get import GetUser
from app.auth.schemas.user import UserResponse
from app.core.api.types import Identifier
from app.core.mediator import Mediator
from app.main import app

__all__ = ["app"]

router = APIRouter(route_class=DishkaRoute)


@router.get("/uncached/{user_id}")
async def get_one(user_id: Identifier, mediator: FromDishka[Mediator]) -> UserResponse:
    """Show one user."""
    return UserResponse.model_validate(await mediator.handle_query(GetUser(user_id)))


app.include_router(router)
