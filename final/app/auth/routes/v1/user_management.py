"""Changing users: what a policy allows."""

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter, Depends, status

from app.auth.commands.users.change_status import ChangeUserStatus
from app.auth.commands.users.delete import DeleteUser
from app.auth.commands.users.restore import RestoreUser
from app.auth.commands.users.update import UpdateUser
from app.auth.deps import AUTHENTICATION_ERRORS
from app.auth.exceptions import (
    ActionNotAllowed,
    LastAdministratorError,
    UserExistsError,
    UserNotFoundError,
)
from app.auth.policies.users import can_change_status, can_delete, can_restore, can_update
from app.auth.schemas.account import AccountResponse, UserStatusRequest, UserUpdateRequest
from app.core.api.openapi import document
from app.core.api.rate_limiter import ConfigurableRateLimiter
from app.core.api.types import Identifier
from app.core.mediator import Mediator

router = APIRouter(
    prefix="/users",
    tags=["users"],
    route_class=DishkaRoute,
    dependencies=[Depends(ConfigurableRateLimiter(times=60, seconds=60))],
    responses=document(*AUTHENTICATION_ERRORS, ActionNotAllowed, UserNotFoundError),
)


@router.patch(
    "/{user_id}",
    dependencies=[Depends(can_update)],
    responses=document(UserExistsError),
)
async def update(
    user_id: Identifier, request: UserUpdateRequest, mediator: FromDishka[Mediator]
) -> AccountResponse:
    """Change the e-mail address or the user name."""
    command = UpdateUser(user_id, email=request.email, username=request.username)
    return AccountResponse.model_validate(await mediator.handle_command(command))


@router.put(
    "/{user_id}/status",
    dependencies=[Depends(can_change_status)],
    responses=document(LastAdministratorError),
)
async def change_status(
    user_id: Identifier, request: UserStatusRequest, mediator: FromDishka[Mediator]
) -> AccountResponse:
    """Block a user, who is logged out everywhere, or end the block."""
    command = ChangeUserStatus(user_id, request.status_id)
    return AccountResponse.model_validate(await mediator.handle_command(command))


@router.delete(
    "/{user_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(can_delete)],
    responses=document(LastAdministratorError),
)
async def delete(user_id: Identifier, mediator: FromDishka[Mediator]) -> None:
    """Delete a user, who is logged out everywhere; an administrator can restore it."""
    await mediator.handle_command(DeleteUser(user_id))


@router.post(
    "/{user_id}/restore",
    dependencies=[Depends(can_restore)],
    responses=document(UserExistsError),
)
async def restore(user_id: Identifier, mediator: FromDishka[Mediator]) -> AccountResponse:
    """Bring a deleted user back."""
    return AccountResponse.model_validate(await mediator.handle_command(RestoreUser(user_id)))
