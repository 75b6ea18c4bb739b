"""The stretch task: a second group hears of registrations, and each has one effect."""

# ruff: noqa: INP001 - laid into a package of the app

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from dishka import AsyncContainer, Provider, decorate
from redis.asyncio import Redis
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from tests.factories import UserFactory
from tests.fixtures.events import consuming, wait_until
from tests.fixtures.mail_server import MailServer, get_part
from tests.fixtures.queue import work

from app.audit.di.consumers import CONSUMERS as AUDIT
from app.audit.models import AuditEntry
from app.auth.integration_events.users import UserPayload, UserRegistered
from app.auth.models import User, UserStatus
from app.consumers import init_consumers
from app.core.configs import app_config
from app.core.configs.queue import QueueConfig
from app.core.inbox.models import InboxEntry
from app.core.message_brokers import BaseMessageBroker, ConsumerTable, Message
from app.worker import init_worker

Sessions = async_sessionmaker[AsyncSession]
Publish = Callable[..., Awaitable[None]]
LONG_AGO = timedelta(hours=25)


@pytest.fixture
def welcome() -> ConsumerTable:
    """Import the group of the learner's."""
    from app.auth.consumers.welcome import CONSUMERS  # noqa: PLC0415 - it is what the test is about

    return CONSUMERS


@pytest.fixture
async def publish(web: AsyncContainer) -> Publish:
    """Tell of registrations, as a relay does."""
    broker = await web.get(BaseMessageBroker)

    async def publish(*told: UserRegistered) -> None:
        await broker.publish([Message.of(event) for event in told])

    return publish


async def add(sessions: Sessions, *users: User) -> tuple[User, ...]:
    """Write users without a word to anybody."""
    async with sessions() as session:
        session.add_all(users)
        await session.commit()
    return users


def registered(user: User, ago: timedelta = timedelta(0)) -> UserRegistered:
    """Tell that somebody has registered; all events are in one stream, in order."""
    when = datetime.now(UTC) - ago
    return UserRegistered(key="users", payload=UserPayload(user_id=user.id), occurred_at=when)


async def deliver(server: MailServer, redis: Redis, queue: QueueConfig) -> list[EmailMessage]:
    """Let a worker send what is queued; give everything that has come."""

    async def is_idle() -> bool:
        return int(await redis.xlen(queue.tasks_key)) == 0

    async with work(init_worker()):
        await wait_until(is_idle)
    return server.messages


Run = Callable[..., Awaitable[list[EmailMessage]]]


@pytest.fixture
async def run(
    welcome: ConsumerTable,
    engine: AsyncEngine,
    mail_server: MailServer,
    redis: Redis,
    queue: QueueConfig,
) -> Run:
    """Run groups until they have handled so many events, then a worker; give the messages."""

    async def run(
        handled: int, *providers: Provider, groups: ConsumerTable = welcome
    ) -> list[EmailMessage]:
        async def is_done() -> bool:
            async with engine.connect() as connection:
                notes = await connection.scalars(select(InboxEntry.event_id))
                return len(notes.all()) == handled

        async with consuming(init_consumers(app_config, *providers, consumers=groups)):
            await wait_until(is_done)
        return await deliver(mail_server, redis, queue)

    return run


async def test_new_user_is_welcomed_once(run: Run, sessions: Sessions, publish: Publish) -> None:
    """By name, in both forms, though the event comes twice."""
    ada, bob = await add(sessions, UserFactory.build(username="ada"), UserFactory.build())
    event = registered(ada)
    await publish(event, event, registered(bob))
    messages = await run(2)
    assert sorted(message["To"] for message in messages) == sorted([ada.email, bob.email])
    (message,) = (message for message in messages if message["To"] == ada.email)
    assert message["Subject"] == "Welcome"
    assert "ada" in get_part(message, "plain")
    assert "ada" in get_part(message, "html")


class FailingCommit(Provider):
    """The database goes away in the middle of the first commit."""

    def __init__(self) -> None:
        super().__init__()
        self.failures = 0

    @decorate
    def session(self, session: AsyncSession) -> AsyncSession:
        """Put another commit into the session of the first event."""
        if not self.failures:
            session.commit = self.fail  # type: ignore[method-assign]  # this is the outage
        return session

    async def fail(self) -> None:
        """Fail as a lost connection does."""
        self.failures += 1
        raise ConnectionError("gone")


async def test_failed_commit_sends_nothing_twice(
    run: Run, sessions: Sessions, publish: Publish
) -> None:
    """What was done before it is undone, or was not done yet."""
    (ada,) = await add(sessions, UserFactory.build())
    await publish(registered(ada))
    outage = FailingCommit()
    messages = await run(1, outage)
    assert outage.failures == 1
    assert [message["To"] for message in messages] == [ada.email]


async def test_old_registrations_are_passed_over(
    run: Run, sessions: Sessions, publish: Publish
) -> None:
    """The first one that the group ever hears of may be years old."""
    old, new = await add(sessions, *UserFactory.batch(2))
    await publish(registered(old, LONG_AGO), registered(new, timedelta(hours=23)))
    messages = await run(2)
    assert [message["To"] for message in messages] == [new.email]


async def test_nobody_is_welcomed_who_is_gone(
    run: Run, sessions: Sessions, publish: Publish
) -> None:
    """Blocked, deleted, or with another address meanwhile: today's truth counts."""
    blocked, deleted, moved = await add(sessions, *UserFactory.batch(3))
    async with sessions() as session:
        for user in (blocked, deleted, moved):
            session.add(user)
        blocked.status_id = UserStatus.BLOCKED
        deleted.soft_delete()
        moved.email = "moved@example.com"
        await session.commit()
    await publish(registered(blocked), registered(deleted), registered(moved))
    messages = await run(3)
    assert [message["To"] for message in messages] == ["moved@example.com"]


async def test_both_groups_hear_of_it(
    run: Run, sessions: Sessions, publish: Publish, engine: AsyncEngine, welcome: ConsumerTable
) -> None:
    """In one process, with one inbox."""
    (ada,) = await add(sessions, UserFactory.build())
    await publish(registered(ada))
    (message,) = await run(2, groups=(*AUDIT, *welcome))
    assert message["To"] == ada.email
    async with engine.connect() as connection:
        trail = await connection.execute(select(AuditEntry.event, AuditEntry.user_id))
        assert [tuple(row) for row in trail] == [("auth.user_registered", ada.id)]
