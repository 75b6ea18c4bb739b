"""The parent of all settings."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class BaseConfig(BaseSettings):
    """Reads its fields from the environment, then from ``.env``; cannot be changed afterwards.

    Raises:
        pydantic.ValidationError: a setting is missing or wrong; the error names it.

    """

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )
