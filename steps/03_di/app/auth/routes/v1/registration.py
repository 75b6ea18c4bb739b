"""Making an account."""

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter, Depends, status

from app.auth.commands.users.register import RegisterUser
from app.auth.exceptions import UserExistsError
from app.auth.schemas.registration import RegistrationRequest
from app.auth.schemas.user import UserResponse
from app.core.api.openapi import document
from app.core.api.rate_limiter import ConfigurableRateLimiter
from app.core.mediator import Mediator

router = APIRouter(prefix="/auth", tags=["auth"], route_class=DishkaRoute)


@router.post(
    "/register",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(ConfigurableRateLimiter(times=10, seconds=60))],
    responses=document(UserExistsError),
)
async def register(request: RegistrationRequest, mediator: FromDishka[Mediator]) -> UserResponse:
    """Make an account; it is active at once."""
    user = await mediator.handle_command(
        RegisterUser(
            email=request.email,
            username=request.username,
            password=request.password.get_secret_value(),
        )
    )
    return UserResponse.model_validate(user)
