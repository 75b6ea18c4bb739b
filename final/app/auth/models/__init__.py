from app.auth.models.session import AuthSession
from app.auth.models.user import User, UserStatus

__all__ = ["AuthSession", "User", "UserStatus"]
