"""Errors of message brokers.

MessageBrokerError
├── BrokerUnavailableError      it does not answer: try again
├── BrokerFullError             too much waits: nobody reads, or too slowly
└── BatchesLostError            it has forgotten something: send it again
ParkedError                     why an event was given up
├── MalformedMessageError
├── UnknownVersionError
├── ConsumerLostError
└── (whatever a handler raised)
DeadEventError                  what a person asked for cannot be done
└── ForgottenEventError
"""


class MessageBrokerError(Exception):
    """The broker did not take a message."""


class BrokerUnavailableError(MessageBrokerError):
    """It does not answer, or refuses to work."""


class BrokerFullError(MessageBrokerError):
    """As many messages wait as may."""

    def __init__(self, stream: str, length: int, group: str | None) -> None:
        reader = f"the group {group}" if group else "a first group"
        super().__init__(
            f"{length} events wait in {stream} for {reader}: see EVENTS_MAX_LENGTH and consumers. "
            "If nobody runs such a group any more: XGROUP DESTROY"
        )


class BatchesLostError(MessageBrokerError):
    """What came after a batch is not there any more: Redis was emptied, or lost its last writes."""

    def __init__(self, partition: int, last: int) -> None:
        super().__init__(f"partition {partition} ends with batch {last}")
        self.last = last


class ParkedError(Exception):
    """Nobody can handle the event: a person must look at it."""


class MalformedMessageError(ParkedError):
    """It is no event, or not what its name promises."""


class UnknownVersionError(ParkedError):
    """This program reads the event, but not in this version."""

    def __init__(self, event_type: str) -> None:
        super().__init__(f"nobody here reads {event_type}: is an old version running?")


class ConsumerLostError(ParkedError):
    """Every process that began with it ended before it."""

    def __init__(self, times: int) -> None:
        super().__init__(f"{times} processes ended in the middle of it, or were killed by it")


class DeadEventError(Exception):
    """What is asked of a dead event cannot be done."""


class ForgottenEventError(DeadEventError):
    """Sent again, it might be handled twice."""

    def __init__(self, event_id: str, group: str, inbox_keep: float) -> None:
        super().__init__(
            f"The dead event {event_id} is older than INBOX_KEEP, {inbox_keep:g} s: groups that "
            "have handled it may have forgotten that, and would handle it again. Do by hand what "
            f"{group} has missed. If a repetition does no harm, retry with a greater INBOX_KEEP, "
            "for this command only."
        )
