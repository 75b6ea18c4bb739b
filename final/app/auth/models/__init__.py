from app.auth.models.mail_token import MailToken, TokenPurpose
from app.auth.models.session import AuthSession
from app.auth.models.user import User, UserStatus

__all__ = ["AuthSession", "MailToken", "TokenPurpose", "User", "UserStatus"]
