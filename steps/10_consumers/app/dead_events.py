"""Events that were given up: ``python -m app.dead_events list``, ``retry ID`` or ``purge``."""
# ruff: noqa: T201 - what the command prints is what it is for

import asyncio
import sys
from argparse import ArgumentParser, Namespace

from redis.exceptions import RedisError

from app.core.configs import app_config
from app.core.configs.events import ConsumersConfig, EventsConfig
from app.core.message_brokers.dead_events import DeadEvent, DeadEvents
from app.core.message_brokers.exceptions import DeadEventError
from app.core.redis import create_redis


def parse_arguments() -> Namespace:
    """Read the command line."""
    parser = ArgumentParser(prog="python -m app.dead_events", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="show all, the oldest first")
    retry = commands.add_parser("retry", help="send one again, unless it is older than INBOX_KEEP")
    retry.add_argument("id", help="as the list shows it")
    commands.add_parser("purge", help="remove all")
    return parser.parse_args()


def describe(dead: DeadEvent) -> str:
    """Write an event in two lines."""
    when = dead.died_at.isoformat(" ", "seconds")
    return f"{dead.id}  {when}  {dead.type}  {dead.group}  {dead.stream}\n    {dead.error}"


async def run(arguments: Namespace) -> None:
    """Do what is asked.

    Raises:
        DeadEventError: there is no such event, or it is too old to be sent again.
        RedisError: Redis does not answer.

    """
    async with create_redis(app_config.redis_url) as redis:
        dead_events = DeadEvents(redis, EventsConfig())
        match arguments.command:
            case "list":
                for dead in await dead_events.read():
                    print(describe(dead))
            case "retry":
                dead = await dead_events.retry(arguments.id, ConsumersConfig().INBOX_KEEP)
                print(f"{dead.type} is sent again")
            case "purge":
                print(f"{await dead_events.purge()} dead events removed")


def main() -> None:
    """Exit with 0, or with 1 and a line that says why not."""
    try:
        asyncio.run(run(parse_arguments()))
    except DeadEventError as error:
        sys.exit(str(error))
    except RedisError as error:
        sys.exit(f"Redis does not answer: {error}\nCheck that it runs, and the setting REDIS_URL.")


if __name__ == "__main__":
    main()
