"""The commands of the module and who carries them out."""

from app.auth.commands.account.request_password_reset import (
    RequestPasswordReset,
    RequestPasswordResetHandler,
)
from app.auth.commands.account.request_verification import (
    RequestVerification,
    RequestVerificationHandler,
)
from app.auth.commands.account.reset_password import ResetPassword, ResetPasswordHandler
from app.auth.commands.account.verify_email import VerifyEmail, VerifyEmailHandler
from app.auth.commands.sessions.log_in import LogIn, LogInHandler
from app.auth.commands.sessions.log_out import LogOut, LogOutHandler
from app.auth.commands.sessions.refresh_tokens import RefreshTokens, RefreshTokensHandler
from app.auth.commands.users.change_status import ChangeUserStatus, ChangeUserStatusHandler
from app.auth.commands.users.delete import DeleteUser, DeleteUserHandler
from app.auth.commands.users.register import RegisterUser, RegisterUserHandler
from app.auth.commands.users.restore import RestoreUser, RestoreUserHandler
from app.auth.commands.users.update import UpdateUser, UpdateUserHandler
from app.core.mediator import CommandRegistry, CommandTable

COMMANDS: CommandTable = (
    (RegisterUser, RegisterUserHandler),
    (UpdateUser, UpdateUserHandler),
    (ChangeUserStatus, ChangeUserStatusHandler),
    (DeleteUser, DeleteUserHandler),
    (RestoreUser, RestoreUserHandler),
    (LogIn, LogInHandler),
    (RefreshTokens, RefreshTokensHandler),
    (LogOut, LogOutHandler),
    (RequestVerification, RequestVerificationHandler),
    (VerifyEmail, VerifyEmailHandler),
    (RequestPasswordReset, RequestPasswordResetHandler),
    (ResetPassword, ResetPasswordHandler),
)


def register_auth_command_handlers(registry: CommandRegistry) -> None:
    """Tell the mediator."""
    for command, handler in COMMANDS:
        registry.register(command, handler)
