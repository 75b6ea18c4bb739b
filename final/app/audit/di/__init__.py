"""Everything that the audit module adds to the container."""

from dishka import Provider, Scope, provide, provide_all

from app.audit.di.queries import QUERIES
from app.audit.repositories.trail import AuditTrail


class AuditProvider(Provider):
    """A factory for each part of the module."""

    trail = provide(AuditTrail, scope=Scope.REQUEST)
    queries = provide_all(*(handler for _, handler in QUERIES), scope=Scope.ACTION)


def get_audit_providers() -> tuple[Provider, ...]:
    """Make the module's providers."""
    return (AuditProvider(),)


__all__ = ["get_audit_providers"]
