"""How much the processes tell, and in which form."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator

from app.core.configs.app import Environment
from app.core.configs.base import BaseConfig


class LogFormat(StrEnum):
    """What a line looks like."""

    AUTO = "auto"
    """For people in local, for programs elsewhere."""
    CONSOLE = "console"
    JSON = "json"


def to_upper(value: object) -> object:
    """Read ``info`` as ``INFO``."""
    return value.upper() if isinstance(value, str) else value


class LogConfig(BaseConfig):
    """Settings of the log."""

    ENVIRONMENT: Environment = Environment.LOCAL
    LOG_LEVEL: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(to_upper)
    ] = "INFO"
    LOG_FORMAT: LogFormat = LogFormat.AUTO

    @property
    def is_json(self) -> bool:
        """Tell whether programs read the lines."""
        if self.LOG_FORMAT is LogFormat.AUTO:
            return self.ENVIRONMENT is not Environment.LOCAL
        return self.LOG_FORMAT is LogFormat.JSON
