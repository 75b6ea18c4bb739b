"""The built site as a person sees it, in a headless Chromium."""

from __future__ import annotations

import re

import pytest

from .browser import PHONE, WIDE, Browser

PAGES = (
    "/",
    "/start/",
    "/steps/01_database/",
    "/steps/02_api/",
    "/changes/02_api/",
    "/reference/settings/",
    "/reference/commands/",
    "/troubleshooting/",
)
BOTH = [prefix + page for page in PAGES for prefix in ("", "/ru")]


@pytest.mark.parametrize("path", BOTH)
def test_a_page_is_quiet_and_fits_a_phone(chromium: Browser, path: str) -> None:
    """No complaint in the console, no request to elsewhere, no sideways scrolling."""
    with chromium.opened(path, PHONE) as seen:
        seen.page.wait_for_load_state("networkidle")
        assert seen.complaints == []
        assert seen.outside == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


@pytest.mark.parametrize(
    ("path", "other", "title"),
    [
        ("/steps/01_database/", "/ru/steps/01_database/", "Шаг 01. База данных"),
        ("/ru/steps/02_api/", "/steps/02_api/", "Step 02. API"),
    ],
)
def test_the_switcher_keeps_the_page(chromium: Browser, path: str, other: str, title: str) -> None:
    """From the menu in the header."""
    language = "ru" if other.startswith("/ru/") else "en"
    with chromium.opened(path) as seen:
        seen.page.hover(".md-select")
        seen.page.click(f".md-select__link[hreflang={language}]")
        seen.page.wait_for_url(f"**{other}")
        assert seen.page.inner_text("h1").strip("¶ \n") == title
        assert seen.page.get_attribute("html", "lang") == language


@pytest.mark.parametrize(
    ("path", "typed", "found"),
    [
        ("/", "database", "Step 01. Database"),
        ("/", "migrations", "Migrations"),
        ("/ru/", "базы данных", "Шаг 01. База данных"),
        ("/ru/", "миграция", "Миграции"),
        ("/ru/", "ограничителя", "Ограничитель"),
    ],
)
def test_search_finds_words_in_any_form(
    chromium: Browser, path: str, typed: str, found: str
) -> None:
    """Another case or number of the word leads to the same place."""
    with chromium.opened(path) as seen:
        seen.page.click(".md-search__input")
        seen.page.fill(".md-search__input", typed)
        seen.page.wait_for_selector(".md-search-result__item", state="visible")
        # Results of a page are folded below its first one.
        titles = seen.page.locator(".md-search-result__list h1, .md-search-result__list h2")
        texts = [re.sub(r"\s+", " ", text) for text in titles.all_text_contents()]
        assert any(found in text for text in texts), texts
        assert seen.complaints == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", ["/steps/01_database/", "/ru/steps/02_api/", "/how/"])
def test_diagrams_are_drawn(chromium: Browser, path: str, *, dark: bool) -> None:
    """By the script that lies on the site."""
    with chromium.opened(path, dark=dark) as seen:
        seen.page.wait_for_function("document.querySelector('.mermaid')?.shadowRoot !== undefined")
        seen.page.wait_for_selector("div.mermaid", state="attached")
        size = seen.page.locator("div.mermaid").first.bounding_box()
        assert size is not None
        assert size["height"] > 50
        assert seen.outside == []


def test_dark_follows_the_system_and_can_be_chosen(chromium: Browser) -> None:
    """The button in the header switches it."""
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    with chromium.opened("/", dark=True) as seen:
        assert seen.page.evaluate(scheme) == "slate"
        seen.page.click("label[title='Light']:visible")
        assert seen.page.evaluate(scheme) == "default"


def test_copying_a_command_leaves_the_prompt_behind(chromium: Browser) -> None:
    """What is pasted into a shell must run."""
    with chromium.opened("/start/", WIDE) as seen:
        seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        seen.page.hover(".highlight >> nth=0")
        seen.page.click(".md-code__button[title='Copy to clipboard'] >> nth=0")
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
        assert seen.page.evaluate("document.activeElement.className") == "md-search__input"
        seen.page.keyboard.press("Escape")
        seen.page.keyboard.press(".")
        seen.page.wait_for_url("**/steps/02_api/")
