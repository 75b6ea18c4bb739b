"""Settings, read once per process."""

from dishka import Provider, Scope, from_context, provide

from app.core.configs import AppConfig
from app.core.configs.database import DatabaseConfig


class ConfigProvider(Provider):
    """One factory for each class of settings."""

    scope = Scope.APP

    app = from_context(AppConfig)

    @provide
    def database(self) -> DatabaseConfig:
        """Read the settings of PostgreSQL."""
        return DatabaseConfig()
