"""The consumers, as a process: ``python -m app.consumers``. Any number may run."""

import asyncio
import gc
import logging
from contextlib import suppress

from dishka import Provider
from dishka_faststream import FastStreamProvider, setup_dishka
from faststream import FastStream

from app.core.configs import AppConfig, app_config
from app.core.configs.events import ConsumersConfig, EventsConfig
from app.core.di import create_container
from app.core.di.consumers import CONSUMERS
from app.core.log.init import configure_logging
from app.core.message_brokers import ConsumerTable
from app.core.message_brokers.event_broker import create_event_broker, subscribe
from app.core.message_brokers.inbox_middleware import InboxMiddleware


def init_consumers(
    config: AppConfig = app_config, *providers: Provider, consumers: ConsumerTable = CONSUMERS
) -> FastStream:
    """Build the app, with the container that the web app has; each event is a request of its own.

    Args:
        config: settings of the whole app.
        providers: what a test puts in the place of a part.
        consumers: who reads; a test may have others.

    """
    settings = ConsumersConfig()
    broker = create_event_broker(config.redis_url, stop_timeout=settings.CONSUMER_STOP_TIMEOUT)
    subscribe(broker, consumers, EventsConfig(), settings)
    app = FastStream(broker, logger=logging.getLogger("app.faststream"))
    container = create_container(FastStreamProvider(), *providers, config=config)
    setup_dishka(container, app, auto_inject=True, finalize_container=True)
    broker.add_middleware(InboxMiddleware)  # the inner one: it needs the container
    return app


def main() -> None:
    """Run it until SIGTERM or Ctrl-C; the events at hand are finished."""
    configure_logging("consumers")
    app = init_consumers()
    gc.freeze()  # as at the end of app/worker.py
    with suppress(KeyboardInterrupt):
        asyncio.run(app.run())


if __name__ == "__main__":
    main()
