"""A headless Chromium that is watched: what it says, and what it asks for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE = (1280, 900)
PHONE = (360, 740)
PATIENCE = 15_000
"""Milliseconds to wait for something on a page."""


def find_chromium() -> str | None:
    """Find a Chromium: ``CHROMIUM`` in the environment, or a usual name on PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@dataclass
class Seen:
    """A page with all that it complained about and all that it asked for elsewhere."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Browser:
    """A running Chromium."""

    chromium: Chromium
    address: str
    profiles: dict[tuple[tuple[int, int], bool], BrowserContext] = field(default_factory=dict)
    """By size and darkness of the window; scripts that were read once are kept there."""

    @classmethod
    @contextmanager
    def started(cls, program: str, address: str) -> Iterator[Self]:
        """Start it and end it."""
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not on every machine

        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
            try:
                yield cls(chromium, address)
            finally:
                chromium.close()

    @contextmanager
    def opened(
        self, path: str, size: tuple[int, int] = WIDE, *, dark: bool = False
    ) -> Iterator[Seen]:
        """Open a page of the site; what it stores and is permitted is forgotten afterwards."""
        context = self._profile(size, dark=dark)
        seen = Seen(context.new_page())

        def hear(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                seen.complaints.append(message.text)

        def watch(request: Request) -> None:
            # Pictures in the page itself (data:) and made by scripts (blob:) come from nowhere.
            if request.url.startswith(("http", "ws")) and not request.url.startswith(inside):
                seen.outside.append(request.url)

        inside = f"{self.address}/"
        seen.page.on("console", hear)
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        context.on("request", watch)
        try:
            seen.page.goto(f"{self.address}{path}")
            yield seen
            seen.page.evaluate("localStorage.clear(), sessionStorage.clear()")
        finally:
            context.remove_listener("request", watch)
            context.clear_permissions()
            seen.page.close()

    def _profile(self, size: tuple[int, int], *, dark: bool) -> BrowserContext:
        if (size, dark) not in self.profiles:
            context = self.chromium.new_context(
                viewport={"width": size[0], "height": size[1]},
                color_scheme="dark" if dark else "light",
            )
            context.set_default_timeout(PATIENCE)
            self.profiles[size, dark] = context
        return self.profiles[size, dark]
