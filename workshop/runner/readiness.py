"""When the app answers, and what there is to open."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from http import HTTPStatus

from workshop.runner.ports import Port

ALIVE = "/health/live"
PAUSE = 0.05
TIMEOUT = 3.0


@dataclass(frozen=True)
class Link:
    """Something worth opening in a browser."""

    title: str
    """Id of the message that names it."""
    path: str


LINKS = (
    Link("run-link-docs", "/docs"),
    Link("run-link-users", "{api}/users"),
    Link("run-link-health", "/health/ready"),
)


def links_when_alive(port: Port, api: str) -> tuple[Link, ...]:
    """Wait for ``/health/live`` to answer 200, as long as it takes; return the links there are.

    A page that asks for a login is there too.
    """
    while status(port, ALIVE) != HTTPStatus.OK:
        time.sleep(PAUSE)
    filled = (Link(link.title, link.path.format(api=api)) for link in LINKS)
    absent = (None, HTTPStatus.NOT_FOUND)
    return tuple(link for link in filled if status(port, link.path) not in absent)


def status(port: Port, path: str) -> int | None:
    """Ask for a page, past any proxy of the environment; None when nobody answers."""
    connection = http.client.HTTPConnection(port.reachable_host, port.number, timeout=TIMEOUT)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
