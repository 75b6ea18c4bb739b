"""The built site as a person sees it, in a headless Chromium."""

from __future__ import annotations

import re

import pytest

from .browser import PHONE, Browser, Seen

PAGES = (
    "/",
    "/start/",
    "/steps/01_database/",
    "/changes/02_api/",
    "/reference/settings/",
    "/reference/commands/",
    "/troubleshooting/",
)

DRAWN = """
!document.querySelector("pre.mermaid")
&& document.querySelector("div.mermaid")?.getBoundingClientRect().height > 50
"""
"""Mermaid puts a drawing, closed to scripts, in the place of each text."""


SEARCHING = "document.activeElement.matches('.md-search__input')"
"""The theme moves the focus a moment after the key."""


def width(seen: Seen) -> int:
    """Measure how wide the page is, in pixels."""
    return int(seen.page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_pages_are_quiet_and_fit_a_phone(chromium: Browser, prefix: str) -> None:
    """No complaint in the console, no request to elsewhere, no sideways scrolling."""
    with chromium.opened(f"{prefix}/how/", PHONE) as seen:
        for page in PAGES:
            seen.page.goto(f"{chromium.address}{prefix}{page}")
            assert width(seen) <= PHONE[0], page
        assert seen.complaints == []
        assert seen.outside == []


@pytest.mark.parametrize(
    ("path", "other", "title"),
    [
        ("/steps/01_database/", "/ru/steps/01_database/", "Шаг 01. База данных"),
        ("/ru/", "/", "FastAPI workshop"),
    ],
)
def test_the_switcher_keeps_the_page(chromium: Browser, path: str, other: str, title: str) -> None:
    """From the menu in the header."""
    language = "ru" if other.startswith("/ru/") else "en"
    with chromium.opened(path) as seen:
        seen.page.hover(".md-select")
        seen.page.click(f".md-select__link[hreflang={language}]")
        seen.page.wait_for_url(f"{chromium.address}{other}")
        assert seen.page.inner_text("h1").strip("¶ \n") == title
        assert seen.page.get_attribute("html", "lang") == language


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/", {"database": "Step 01. Database", "migrating": "Migrations"}),
        ("/ru/", {"миграция": "Миграции", "событие": "Шаг 05. События", "мигр": "Миграции"}),
    ],
)
def test_search_finds_words_in_any_form(
    chromium: Browser, path: str, asked: dict[str, str]
) -> None:
    """Another case or number of the word leads to the same place; so does its beginning."""
    with chromium.opened(path) as seen:
        seen.page.click(".md-search__input")
        for typed, found in asked.items():
            seen.page.fill(".md-search__input", typed)
            seen.page.press(".md-search__input", "End")  # the theme listens to keys
            titles = seen.page.locator(".md-search-result__list :is(h1, h2)")
            titles.filter(has_text=re.compile(found)).first.wait_for(state="attached")
        assert seen.complaints == []


@pytest.mark.parametrize(("path", "dark"), [("/steps/01_database/", False), ("/ru/how/", True)])
def test_diagrams_are_drawn(chromium: Browser, path: str, *, dark: bool) -> None:
    """By the script that lies on the site, in light and in dark."""
    with chromium.opened(path, dark=dark) as seen:
        seen.page.wait_for_function(DRAWN)
        assert seen.outside == []
        assert seen.complaints == []


def test_dark_follows_the_system_and_can_be_chosen(chromium: Browser) -> None:
    """The button in the header switches it."""
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    with chromium.opened("/", dark=True) as seen:
        assert seen.page.evaluate(scheme) == "slate"
        seen.page.click("label[title='Light']:visible")
        assert seen.page.evaluate(scheme) == "default"


def test_copying_a_command_leaves_the_prompt_behind(chromium: Browser) -> None:
    """What is pasted into a shell must run."""
    with chromium.opened("/start/") as seen:
        seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        seen.page.hover(".highlight >> nth=0")
        seen.page.click("button[data-md-type=copy] >> nth=0")
        copied = seen.page.evaluate("navigator.clipboard.readText()")
        assert copied.strip() == 'pip install "nox[uv]"'


def test_a_link_to_a_whole_file_opens_it(chromium: Browser) -> None:
    """It is folded on the page of changes."""
    with chromium.opened("/changes/01_database/#file-app-core-db-model-py") as seen:
        seen.page.wait_for_selector("text=Common ground of the models", state="visible")


def test_the_keyboard_reaches_search_and_the_next_page(chromium: Browser) -> None:
    """``/`` opens the search; ``.`` goes on."""
    with chromium.opened("/steps/01_database/") as seen:
        seen.page.keyboard.press("/")
        seen.page.wait_for_function(SEARCHING)
        seen.page.keyboard.press("Escape")
        seen.page.wait_for_function(f"!{SEARCHING}")
        seen.page.keyboard.press(".")
        seen.page.wait_for_url("**/steps/02_api/")
