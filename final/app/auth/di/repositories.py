"""Repositories: one per request, on its session."""

from dishka import Provider, Scope, provide

from app.auth.repositories.session import SessionRepository
from app.auth.repositories.user import UserRepository


class AuthRepositoriesProvider(Provider):
    """A factory for each repository."""

    scope = Scope.REQUEST

    users = provide(UserRepository)
    sessions = provide(SessionRepository)
