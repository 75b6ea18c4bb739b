"""Services without state of a request: one per process."""

from dishka import Provider, Scope, provide

from app.auth.services.password_hasher import PasswordHasher


class AuthServicesProvider(Provider):
    """A factory for each service."""

    scope = Scope.APP

    password_hasher = provide(PasswordHasher)
