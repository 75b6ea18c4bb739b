"""Pages for the links in messages, for as long as there is no frontend.

Opening a link changes nothing: mail scanners and browsers open links before people do. The token
stands behind the ``#``, which no browser sends; a script puts it into the form, and the button
sends the form.
"""

import secrets
from pathlib import Path
from typing import Annotated

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter, Depends, Form, Request, status
from starlette.responses import HTMLResponse

from app.auth.commands.account.reset_password import ResetPassword
from app.auth.commands.account.verify_email import VerifyEmail
from app.auth.exceptions import MailTokenInvalidError
from app.auth.schemas.account_mail import ResetPasswordRequest, VerifyEmailRequest
from app.auth.services.password_rules import PasswordRefusedError
from app.core.api.rate_limiter import ConfigurableRateLimiter
from app.core.mediator import Mediator
from app.core.views import render

VIEWS = Path(__file__).parent / "views"
POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

router = APIRouter(
    prefix="/auth/pages",
    route_class=DishkaRoute,
    include_in_schema=False,
    dependencies=[Depends(ConfigurableRateLimiter(times=20, seconds=60))],
)


def show(
    request: Request, view: str, *, status_code: int = status.HTTP_200_OK, **context: object
) -> HTMLResponse:
    """Render a page that loads nothing, is kept nowhere, and tells no other site of itself."""
    nonce = secrets.token_urlsafe(16)
    values = {"project_name": request.app.title, "nonce": nonce, **context}
    headers = {
        "Content-Security-Policy": POLICY.format(nonce=nonce),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    return HTMLResponse(render(view, values, VIEWS), status_code, headers)


@router.get("/verify-email")
async def open_verify_email(request: Request) -> HTMLResponse:
    """Show the button."""
    return show(request, "verify_email.html")


@router.post("/verify-email")
async def send_verify_email(
    request: Request,
    form: Annotated[VerifyEmailRequest, Form()],
    mediator: FromDishka[Mediator],
) -> HTMLResponse:
    """Confirm the address, and say whether it worked."""
    try:
        await mediator.handle_command(VerifyEmail(form.token.get_secret_value()))
    except MailTokenInvalidError as error:
        return show(request, "failed.html", status_code=error.status, detail=error.detail)
    return show(request, "done.html", message="Your address is confirmed.")


@router.get("/reset-password")
async def open_reset_password(request: Request) -> HTMLResponse:
    """Show the form."""
    return show(request, "reset_password.html", problems=(), token="")


@router.post("/reset-password")
async def send_reset_password(
    request: Request,
    form: Annotated[ResetPasswordRequest, Form()],
    mediator: FromDishka[Mediator],
) -> HTMLResponse:
    """Set the password, and say whether it worked; a bad one can be corrected."""
    token = form.token.get_secret_value()
    try:
        await mediator.handle_command(ResetPassword(token, form.password.get_secret_value()))
    except PasswordRefusedError as error:
        problems = [problem.message for problem in error.errors]
        return show(
            request,
            "reset_password.html",
            status_code=error.status,
            problems=problems,
            token=token,
        )
    except MailTokenInvalidError as error:
        return show(request, "failed.html", status_code=error.status, detail=error.detail)
    return show(request, "done.html", message="Your password is changed. Log in with the new one.")
