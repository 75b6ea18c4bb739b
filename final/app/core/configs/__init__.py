"""Settings: one class per concern, all read from the environment and ``.env``."""

from app.core.configs.app import AppConfig, Environment
from app.core.configs.base import BaseConfig

app_config = AppConfig()

__all__ = ["AppConfig", "BaseConfig", "Environment", "app_config"]
