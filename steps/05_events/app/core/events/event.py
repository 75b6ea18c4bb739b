"""What happened."""

from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class BaseEvent:
    """A fact of the past: it has a name for other programs, and it cannot be changed.

    Every event is a frozen dataclass with a name of its own::

        @dataclass(frozen=True)
        class CreatedUserEvent(BaseEvent):
            __event_name__: ClassVar[str] = "user_created"

            email: str
    """

    __event_name__: ClassVar[str]

    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401 - as the parent
        """Refuse an event without a name, where it is written."""
        super().__init_subclass__(**options)
        if "__event_name__" not in vars(cls):
            raise TypeError(f"{cls.__name__} needs a name: __event_name__: ClassVar[str] = …")

    @classmethod
    def get_name(cls) -> str:
        """Return the name under which other programs know the event."""
        return cls.__event_name__
