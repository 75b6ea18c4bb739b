"""Everything that the auth module adds to the container."""

from dishka import Provider

from app.auth.di.account_mail import AccountMailProvider
from app.auth.di.handlers import AuthHandlersProvider
from app.auth.di.repositories import AuthRepositoriesProvider
from app.auth.di.services import AuthServicesProvider


def get_auth_providers() -> tuple[Provider, ...]:
    """Make the module's providers."""
    return (
        AuthRepositoriesProvider(),
        AuthServicesProvider(),
        AuthHandlersProvider(),
        AccountMailProvider(),
    )


__all__ = ["get_auth_providers"]
