"""The relay, as a process: ``python -m app.relay``. Any number may run."""

import asyncio
import gc
import signal
from contextlib import suppress

from dishka import Provider

from app.core.configs import AppConfig, app_config
from app.core.di import create_container
from app.core.log.init import configure_logging
from app.core.outbox.relay import Relay


async def run_relay(config: AppConfig = app_config, *providers: Provider) -> None:
    """Relay until SIGTERM or Ctrl-C; the batch at hand is finished.

    Args:
        config: settings of the whole app.
        providers: what a test puts in the place of a part.

    """
    container = create_container(*providers, config=config)
    try:
        relay = await container.get(Relay)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError):  # Windows: Ctrl-C raises KeyboardInterrupt
                loop.add_signal_handler(number, relay.stop)
        await relay.run()
    finally:
        await container.close()


def main() -> None:
    """Run it."""
    configure_logging("relay")
    gc.freeze()  # as at the end of app/worker.py
    with suppress(KeyboardInterrupt):
        asyncio.run(run_relay())


if __name__ == "__main__":
    main()
