

class PurgeConfig(BaseConfig):
    """When what nobody needs any more is removed."""

    PURGE_SESSIONS_CRON: str = "17 3 * * *"
    """Of expired sessions: minute, hour, day, month, day of the week, in UTC."""
