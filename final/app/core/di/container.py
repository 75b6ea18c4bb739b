"""The composition root: every provider of the app, in one literal table."""

import asyncio

from dishka import STRICT_VALIDATION, AsyncContainer, Provider, make_async_container

from app.audit.di import get_audit_providers
from app.auth.di import get_auth_providers
from app.core.configs import AppConfig, app_config
from app.core.di.cache import CacheProvider
from app.core.di.config import ConfigProvider
from app.core.di.database import DatabaseProvider
from app.core.di.events import EventProvider
from app.core.di.inbox import InboxProvider
from app.core.di.mail import MailProvider
from app.core.di.mediator import MediatorProvider
from app.core.di.outbox import OutboxProvider, RelayProvider
from app.core.di.queue import QueueProvider
from app.core.di.redis import RedisProvider


def get_core_providers() -> tuple[Provider, ...]:
    """Make the providers that belong to no module."""
    return (
        ConfigProvider(),
        DatabaseProvider(),
        RedisProvider(),
        CacheProvider(),
        MediatorProvider(),
        EventProvider(),
        QueueProvider(),
        MailProvider(),
        InboxProvider(),
        OutboxProvider(),
        RelayProvider(),
    )


def create_container(*app_providers: Provider, config: AppConfig = app_config) -> AsyncContainer:
    """Make the container of one process; the caller closes it.

    Args:
        app_providers: what only this entry point has, such as FastAPI's own provider, or what a
            test overrides with ``provide(..., override=True)``.
        config: settings of the whole app.

    Raises:
        dishka.exceptions.ValidationError: something that is asked for is made nowhere, is made
            twice, or would outlive what it depends on.
        RegistryError: a command or a query has no handler, or two; a task is in no table, or has
            the name of another.

    """
    return make_async_container(
        *get_auth_providers(),
        *get_core_providers(),
        *get_audit_providers(),
        *app_providers,
        context={AppConfig: config},
        validation_settings=STRICT_VALIDATION,
        lock_factory=asyncio.Lock,
    )
