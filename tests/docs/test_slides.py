"""The decks of the instructors, in a headless Chromium."""

from __future__ import annotations

import pytest

from workshop.docs.course import Course

from .browser import PHONE, WIDE, Browser, Seen

DECK = "/instructors/slides/01_database/"
BUTTON = ".slides-bar button"
SHOWN = ".slide--shown"
PROJECTOR = (1280, 720)
HIDDEN = """slide => [slide, ...slide.querySelectorAll("pre > code")].map(
  part => [part.scrollWidth - part.clientWidth, part.scrollHeight - part.clientHeight])"""
"""By how much a slide and its code are larger than what is seen of them."""


def heading(seen: Seen) -> str:
    """Return the heading of the slide that fills the window."""
    return seen.page.inner_text(f"{SHOWN} :is(h1, h2)").strip("¶ \n")


def press(seen: Seen, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        seen.page.keyboard.press(key)


@pytest.mark.parametrize(
    ("prefix", "first", "second"),
    [
        ("", "Step 01. Database", "What goes wrong"),
        ("/ru", "Шаг 01. База данных", "Что идёт не так"),
    ],
)
def test_keys_turn_the_slides(chromium: Browser, prefix: str, first: str, second: str) -> None:
    """Forward, back, to both ends and not beyond; nothing is loaded from elsewhere."""
    with chromium.opened(f"{prefix}{DECK}") as seen:
        seen.page.click(BUTTON)
        assert heading(seen) == first
        press(seen, "ArrowRight")
        assert heading(seen) == second
        press(seen, "PageUp", "ArrowLeft")
        assert heading(seen) == first
        press(seen, "End", " ")
        assert heading(seen) == seen.page.locator(".slide h2").last.inner_text().strip("¶ \n")
        assert seen.complaints == []
        assert seen.outside == []


def test_an_answer_opens_and_closes_without_a_mouse(chromium: Browser) -> None:
    """The room thinks first."""
    with chromium.opened(f"{DECK}#slide-9") as seen:
        answer = seen.page.locator(f"{SHOWN} details p:not(.admonition-title)")
        press(seen, "ArrowDown")
        assert answer.is_visible()
        press(seen, "ArrowUp")
        assert not answer.is_visible()


def test_letters_do_not_leave_the_deck(chromium: Browser) -> None:
    """The theme opens its search and other pages by letters; while slides are shown it must not."""
    with chromium.opened(DECK) as seen:
        seen.page.click(BUTTON)
        press(seen, "n", ".", "/", "s")
        assert heading(seen) == "Step 01. Database"
        assert seen.page.url.endswith(f"{DECK}#slide-1")


def test_reloading_stays_on_the_slide_and_escape_leaves(chromium: Browser) -> None:
    """A projector that was unplugged shows the same slide again."""
    with chromium.opened(DECK) as seen:
        seen.page.click(BUTTON)
        press(seen, "ArrowRight", "ArrowRight")
        before = heading(seen)
        seen.page.reload()
        assert heading(seen) == before
        press(seen, "Escape")
        assert seen.page.locator(SHOWN).count() == 0


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_every_slide_fits_its_window(chromium: Browser, size: tuple[int, int]) -> None:
    """Code scrolls inside its own box; the slide itself never scrolls sideways."""
    with chromium.opened(f"{DECK}#slide-1", size) as seen:
        seen.page.wait_for_selector(SHOWN)
        for _ in range(seen.page.locator(".slide").count()):
            wide, room = seen.page.eval_on_selector(SHOWN, "e => [e.scrollWidth, e.clientWidth]")
            assert wide <= room, heading(seen)
            press(seen, "ArrowRight")


def test_all_code_is_seen_on_a_projector(chromium: Browser, course: Course) -> None:
    """In no deck must anybody scroll: the room has no mouse."""
    decks = [name.removesuffix(".md") for name in course.pages["en"] if "/slides/" in name]
    assert len(decks) == len(course.layers)
    with chromium.opened("/instructors/", PROJECTOR) as seen:
        for deck in decks:
            seen.page.goto(f"{chromium.address}/{deck}/#slide-1")
            seen.page.wait_for_selector(SHOWN)
            for _ in range(seen.page.locator(".slide").count()):
                hidden = seen.page.eval_on_selector(SHOWN, HIDDEN)
                assert all(wide <= 0 and high <= 0 for wide, high in hidden), (deck, heading(seen))
                press(seen, "ArrowRight")


def test_short_code_is_shown_large_and_goes_back(chromium: Browser) -> None:
    """As large as fits; on the page it has the size that all code has."""
    size = "code => parseFloat(getComputedStyle(code).fontSize)"
    with chromium.opened(f"{DECK}#slide-7", PROJECTOR) as seen:
        code = seen.page.locator(f"{SHOWN} pre > code")
        shown = code.evaluate(size)
        press(seen, "Escape")
        page = seen.page.locator("pre > code").first.evaluate(size)
        assert shown > 1.3 * page
        assert seen.page.locator(".highlight[style*=font-size]").count() == 0


def test_print_gives_one_page_for_each_slide(chromium: Browser) -> None:
    """At least: long code may need two."""
    with chromium.opened(DECK) as seen:
        slides = seen.page.locator(".slide").count()
        paper = seen.page.pdf(format="A4", landscape=True)
        assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") >= slides
