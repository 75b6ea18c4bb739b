from app.auth.models.user import User, UserStatus

__all__ = ["User", "UserStatus"]
