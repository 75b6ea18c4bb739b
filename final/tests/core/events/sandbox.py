"""Events and handlers for tests: what happens to the authors of `tests.models`."""

from dataclasses import dataclass, field
from typing import ClassVar

from dishka import Provider, Scope, provide
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.events import BaseEvent, BaseEventBus, BaseEventHandler
from tests.models import Author


@dataclass(frozen=True)
class NamedAuthorEvent(BaseEvent):
    """An author has a name."""

    __event_name__: ClassVar[str] = "sandbox_author_named"

    name: str


@dataclass(frozen=True)
class RememberedBus(BaseEventBus):
    """Remembers what was published, and whether it was committed by then."""

    published: list[str] = field(default_factory=list)

    async def publish(self, events: object) -> None:
        """Remember the names."""
        self.published.extend(event.name for event in events)  # type: ignore[attr-defined]  # ours


class Journal(list[str]):
    """What the handlers below wrote down."""


@dataclass(frozen=True)
class FirstHandler(BaseEventHandler[NamedAuthorEvent, None]):
    """Writes down that it ran, and on which session."""

    journal: Journal
    session: AsyncSession

    async def __call__(self, event: NamedAuthorEvent) -> None:
        """Write it down."""
        self.journal.append(f"first {event.name} {id(self.session)}")


@dataclass(frozen=True)
class FailingHandler(BaseEventHandler[NamedAuthorEvent, None]):
    """Fails."""

    journal: Journal

    async def __call__(self, event: NamedAuthorEvent) -> None:
        """Write it down, then fail."""
        self.journal.append(f"failing {event.name}")
        raise RuntimeError("this handler always fails")


@dataclass(frozen=True)
class WritingHandler(BaseEventHandler[NamedAuthorEvent, None]):
    """Writes to the database in its own transaction."""

    journal: Journal
    session: AsyncSession

    async def __call__(self, event: NamedAuthorEvent) -> None:
        """Add another author."""
        self.session.add(Author(name=f"{event.name}'s echo"))
        await self.session.commit()
        self.journal.append(f"writing {event.name} {id(self.session)}")


class JournalProvider(Provider):
    """Makes the journal and the handlers."""

    @provide(scope=Scope.APP)
    def journal(self) -> Journal:
        """Open an empty journal."""
        return Journal()

    first = provide(FirstHandler, scope=Scope.REQUEST)
    failing = provide(FailingHandler, scope=Scope.REQUEST)
    writing = provide(WritingHandler, scope=Scope.REQUEST)
