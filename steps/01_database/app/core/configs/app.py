"""What every part of the app may ask: who am I, and where do I run."""

from enum import StrEnum

from app.core.configs.base import BaseConfig


class Environment(StrEnum):
    """Where the process runs. Whatever is unsafe is allowed in ``LOCAL`` only."""

    LOCAL = "local"
    STAGING = "staging"
    PRODUCTION = "production"


class AppConfig(BaseConfig):
    """Settings that belong to no single concern."""

    PROJECT_NAME: str = "FastAPI Template"
    ENVIRONMENT: Environment = Environment.LOCAL
