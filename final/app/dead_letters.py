"""Tasks that were given up: ``python -m app.dead_letters list``, ``retry ID`` or ``purge``."""
# ruff: noqa: T201 - what the command prints is what it is for

import asyncio
import json
import sys
from argparse import ArgumentParser, Namespace

from redis.exceptions import RedisError

from app.core.configs import app_config
from app.core.configs.queue import QueueConfig
from app.core.redis import create_redis
from app.core.services.queue.dead_letters import DeadLetter, DeadLetters
from app.core.services.queue.exceptions import DeadLetterError


def parse_arguments() -> Namespace:
    """Read the command line."""
    parser = ArgumentParser(prog="python -m app.dead_letters", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="show all, the oldest first")
    retry = commands.add_parser("retry", help="queue one again")
    retry.add_argument("id", help="as the list shows it")
    commands.add_parser("purge", help="remove all")
    return parser.parse_args()


def describe(letter: DeadLetter) -> str:
    """Write a letter in two lines."""
    arguments = json.dumps(letter.message.kwargs, ensure_ascii=False)
    when = letter.died_at.isoformat(" ", "seconds")
    return f"{letter.id}  {when}  {letter.message.task_name}  {arguments}\n    {letter.error}"


async def run(arguments: Namespace) -> None:
    """Do what is asked.

    Raises:
        DeadLetterError: there is no such letter, or it cannot be retried.
        RedisError: Redis does not answer.

    """
    async with create_redis(app_config.redis_url) as redis:
        dead_letters = DeadLetters(redis, QueueConfig())
        match arguments.command:
            case "list":
                for letter in await dead_letters.read():
                    print(describe(letter))
            case "retry":
                letter = await dead_letters.retry(arguments.id)
                print(f"{letter.message.task_name} is queued again")
            case "purge":
                print(f"{await dead_letters.purge()} dead letters removed")


def main() -> None:
    """Exit with 0, or with 1 and a line that says why not."""
    try:
        asyncio.run(run(parse_arguments()))
    except DeadLetterError as error:
        sys.exit(str(error))
    except RedisError as error:
        sys.exit(f"Redis does not answer: {error}\nCheck that it runs, and the setting REDIS_URL.")


if __name__ == "__main__":
    main()
