"""What models inherit to tell what happened to them."""

from collections.abc import Sequence
from itertools import count

from sqlalchemy.orm.attributes import flag_dirty

from app.core.events.event import BaseEvent

_clock = count()


def now() -> int:
    """Return a number that is greater than all before: the order of events across objects."""
    return next(_clock)


class EventSource:
    """Keeps events until the object's session commits; see `app.core.events.session`."""

    _events: list[tuple[int, BaseEvent]] | None = None

    def register_event(self, event: BaseEvent) -> None:
        """Remember the event, to be published after the commit.

        The object counts as changed from now on, so that its session looks at it in the next flush
        and does not let go of it before.
        """
        self._events = [*self._numbered, (now(), event)]
        flag_dirty(self)

    def pull_events(self) -> list[BaseEvent]:
        """Return the events in order, and forget them."""
        return [event for _, event in self.pull_numbered()]

    def pull_numbered(self) -> Sequence[tuple[int, BaseEvent]]:
        """Return the events with their places in the order of all events, and forget them."""
        events, self._events = self._numbered, None
        return events

    def forget_events(self, since: int) -> None:
        """Forget what was registered since a moment: it did not happen."""
        self._events = [numbered for numbered in self._numbered if numbered[0] < since] or None

    @property
    def _numbered(self) -> list[tuple[int, BaseEvent]]:
        return self._events or []
