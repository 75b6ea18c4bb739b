"""Confirming an address, and choosing another password."""

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter, Depends, status

from app.auth.address_rate_limiter import AddressRateLimiter
from app.auth.commands.account.request_password_reset import RequestPasswordReset
from app.auth.commands.account.request_verification import RequestVerification
from app.auth.commands.account.reset_password import ResetPassword
from app.auth.commands.account.verify_email import VerifyEmail
from app.auth.exceptions import MailTokenInvalidError
from app.auth.schemas.account_mail import (
    AddressRequest,
    MessageResponse,
    ResetPasswordRequest,
    VerifyEmailRequest,
)
from app.core.api.openapi import document
from app.core.api.rate_limiter import ConfigurableRateLimiter
from app.core.mediator import Mediator

router = APIRouter(
    prefix="/auth",
    tags=["auth"],
    route_class=DishkaRoute,
    dependencies=[Depends(ConfigurableRateLimiter(times=10, seconds=60))],
)

PER_ADDRESS = Depends(AddressRateLimiter(times=3, seconds=900))


@router.post(
    "/verify-email/request", status_code=status.HTTP_202_ACCEPTED, dependencies=[PER_ADDRESS]
)
async def request_verification(
    request: AddressRequest, mediator: FromDishka[Mediator]
) -> MessageResponse:
    """Send a new link to confirm the address; the one before works no more."""
    await mediator.handle_command(RequestVerification(request.email))
    return MessageResponse()


@router.post(
    "/verify-email",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=document(MailTokenInvalidError),
)
async def verify_email(request: VerifyEmailRequest, mediator: FromDishka[Mediator]) -> None:
    """Confirm the address with the token from the link; it works once."""
    await mediator.handle_command(VerifyEmail(request.token.get_secret_value()))


@router.post(
    "/password-reset/request", status_code=status.HTTP_202_ACCEPTED, dependencies=[PER_ADDRESS]
)
async def request_password_reset(
    request: AddressRequest, mediator: FromDishka[Mediator]
) -> MessageResponse:
    """Send a link to choose another password; the one before works no more."""
    await mediator.handle_command(RequestPasswordReset(request.email))
    return MessageResponse()


@router.post(
    "/password-reset",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=document(MailTokenInvalidError),
)
async def reset_password(request: ResetPasswordRequest, mediator: FromDishka[Mediator]) -> None:
    """Choose another password with the token from the link; it ends every session."""
    command = ResetPassword(
        token=request.token.get_secret_value(), password=request.password.get_secret_value()
    )
    await mediator.handle_command(command)
