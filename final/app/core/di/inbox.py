"""The inbox: one per event."""

from dishka import Provider, Scope, provide

from app.core.configs.events import ConsumersConfig
from app.core.inbox.inbox import Inbox


class InboxProvider(Provider):
    """Reads the settings as soon as it is made, so that a wrong one stops the start."""

    def __init__(self) -> None:
        super().__init__()
        self._config = ConsumersConfig()

    @provide(scope=Scope.APP)
    def config(self) -> ConsumersConfig:
        """Give the settings of consumers."""
        return self._config

    inbox = provide(Inbox, scope=Scope.REQUEST)
