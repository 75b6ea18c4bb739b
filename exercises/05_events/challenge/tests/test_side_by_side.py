"""The stretch task: reactions side by side."""

# ruff: noqa: INP001 - laid into a package of the app

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from dishka import AsyncContainer, Provider, Scope, make_async_container, provide
from tests.core.events.sandbox import NamedAuthorEvent

from app.core.events import BaseEvent, BaseEventBus, BaseEventHandler, EventRegistry


@dataclass
class Meeting:
    """Where the handlers below wait for each other."""

    lines: list[str] = field(default_factory=list)
    arrived: int = 0
    all_there: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self, name: str) -> None:
        """Wait for the other one."""
        self.arrived += 1
        if self.arrived == 2:
            self.all_there.set()
        try:
            await asyncio.wait_for(self.all_there.wait(), timeout=5)
        except asyncio.CancelledError:
            self.lines.append(f"{name} cancelled")
            raise


class Own:
    """Something that each scope has for itself."""


@dataclass(frozen=True)
class PromptHandler(BaseEventHandler[NamedAuthorEvent, None]):
    """Ends as soon as both are there."""

    meeting: Meeting
    own: Own

    async def __call__(self, event: NamedAuthorEvent) -> None:
        """Note it."""
        await self.meeting.wait("prompt")
        self.meeting.lines.append(f"{event.name} {id(self.own)}")


@dataclass(frozen=True)
class TardyHandler(BaseEventHandler[NamedAuthorEvent, None]):
    """Ends a moment later."""

    meeting: Meeting
    own: Own

    async def __call__(self, event: NamedAuthorEvent) -> None:
        """Note it."""
        await self.meeting.wait("tardy")
        await asyncio.sleep(0.05)
        self.meeting.lines.append(f"{event.name} {id(self.own)}")


@dataclass(frozen=True)
class FailingHandler(BaseEventHandler[NamedAuthorEvent, None]):
    """Fails at once."""

    async def __call__(self, event: NamedAuthorEvent) -> None:
        """Fail."""
        raise RuntimeError(event.name)


class MeetingProvider(Provider):
    """Makes them all."""

    own = provide(Own, scope=Scope.REQUEST)
    prompt = provide(PromptHandler, scope=Scope.REQUEST)
    tardy = provide(TardyHandler, scope=Scope.REQUEST)
    failing = provide(FailingHandler, scope=Scope.REQUEST)

    @provide(scope=Scope.APP)
    def meeting(self) -> Meeting:
        """Make the place."""
        return Meeting()

    @provide(scope=Scope.APP)
    def registry(self) -> EventRegistry:
        """Register them."""
        registry = EventRegistry()
        registry.register(NamedAuthorEvent, FailingHandler, PromptHandler, TardyHandler)
        return registry


@pytest.fixture
async def container() -> AsyncIterator[AsyncContainer]:
    """Make a small container."""
    container = make_async_container(MeetingProvider())
    yield container
    await container.close()


@pytest.fixture
async def meeting(container: AsyncContainer) -> Meeting:
    """Make the place."""
    return await container.get(Meeting)


@pytest.fixture
async def bus(container: AsyncContainer) -> Callable[[], BaseEventBus]:
    """Know how to make the bus."""
    registry = await container.get(EventRegistry)

    def make() -> Any:  # noqa: ANN401 - what the learner writes
        from app.core.events.side_by_side import ConcurrentEventBus  # noqa: PLC0415 - the test's subject

        return ConcurrentEventBus(container, registry)

    return make


async def test_handlers_of_one_event_run_side_by_side(
    bus: Callable[[], BaseEventBus], meeting: Meeting
) -> None:
    """Each waits until the other one is there, in a scope of its own; the caller waits for both."""
    await bus().publish([NamedAuthorEvent("Ada")])
    assert [line.split()[0] for line in meeting.lines] == ["Ada", "Ada"]
    assert len({line.split()[1] for line in meeting.lines}) == 2


async def test_events_keep_their_order(bus: Callable[[], BaseEventBus], meeting: Meeting) -> None:
    """The second one waits for the slowest reaction to the first."""
    events: list[BaseEvent] = [NamedAuthorEvent(name) for name in ("Ada", "Bob", "Eve")]
    await bus().publish(iter(events))
    names = [line.split()[0] for line in meeting.lines]
    assert names == ["Ada", "Ada", "Bob", "Bob", "Eve", "Eve"]


async def test_failing_one_stops_nobody_and_is_logged(
    bus: Callable[[], BaseEventBus], meeting: Meeting, caplog: pytest.LogCaptureFixture
) -> None:
    """The others are neither cancelled nor left to themselves."""
    with caplog.at_level(logging.ERROR):
        await bus().publish([NamedAuthorEvent("Ada")])
    assert len(meeting.lines) == 2
    assert caplog.messages == ["FailingHandler failed on sandbox_author_named"]


async def test_cancelled_caller_leaves_nobody_behind(
    bus: Callable[[], BaseEventBus], meeting: Meeting
) -> None:
    """The process stops, so its reactions stop too, before the caller does."""
    meeting.arrived = -2  # so that both wait for others who never come
    publishing = asyncio.create_task(bus().publish([NamedAuthorEvent("Ada")]))
    for _ in range(1000):
        if meeting.arrived == 0 or publishing.done():
            break
        await asyncio.sleep(0.005)
    publishing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await publishing
    assert sorted(meeting.lines) == ["prompt cancelled", "tardy cancelled"]
