"""The strict build of the real site, as ``nox -s docs`` runs it, and what came out."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from workshop.docs.building import build
from workshop.docs.course import Course, step_page
from workshop.docs.reference import nox_sessions
from workshop.errors import WorkshopError
from workshop.messages import bundle

from .small import Small

LOADING = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
"""Attributes whose address a browser fetches without being asked."""

KEEPS = {"alternate", "translation", "canonical", "next", "prev"}
"""Kinds of links that are not fetched."""


@cache
def read(path: Path) -> Collector:
    """Read a page once for all tests."""
    return Collector(path.read_text(encoding="utf-8"))


class Collector(HTMLParser):
    """Addresses in a page: those that are fetched, those that can be followed, and anchors."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.followed: list[str] = []
        self.switches: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect."""
        found = {name: value or "" for name, value in attrs}
        if tag in LOADING and found.get("rel") not in KEEPS and LOADING[tag] in found:
            self.fetched.append(found[LOADING[tag]])
        if tag == "a" and "href" in found:
            self.followed.append(found["href"])
            if "hreflang" in found:
                self.switches[found["hreflang"]] = found["href"]


def pages(folder: Path) -> dict[str, Path]:
    """List the pages below a folder by their address, the Russian ones aside."""
    return {
        address: path
        for path in sorted(folder.rglob("index.html"))
        if not (address := path.parent.relative_to(folder).as_posix()).startswith("ru")
    }


def test_both_languages_have_the_same_pages(site: Path) -> None:
    """A missing one would silently be shown in the other language."""
    assert pages(site).keys() == pages(site / "ru").keys()
    assert len(pages(site)) > 15


def test_every_page_is_in_its_language(site: Path) -> None:
    """Its own texts and the theme's."""
    for folder, language, word in ((site, "en", "Search"), (site / "ru", "ru", "Поиск")):
        for path in pages(folder).values():
            html = path.read_text(encoding="utf-8")
            assert f'<html lang="{language}"' in html, path
            assert word in html, path
            assert (language == "ru") == bool(re.search("<h1[^>]*>[^<]*[\u0400-\u04ff]", html)), (
                path
            )


def test_the_switcher_leads_to_the_same_page(site: Path) -> None:
    """In both directions, and to a file that is there."""
    for folder in (site, site / "ru"):
        for address, path in pages(folder).items():
            switches = read(path).switches
            assert (path.parent / switches["en"]).resolve() == (site / address).resolve()
            assert (path.parent / switches["ru"]).resolve() == (site / "ru" / address).resolve()


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    """A classroom without the Internet sees the same pages."""
    for path in site.rglob("*.html"):
        for address in read(path).fetched:
            assert not re.match("(https?:)?//", address), (path, address)
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(@import|url\()\s*['\"]?(https?:)?//", text), path


def test_what_pages_load_is_there(site: Path) -> None:
    """Scripts, styles, pictures, diagrams."""
    for path in site.rglob("index.html"):
        for address in read(path).fetched:
            if not address.startswith("data:"):
                assert (path.parent / address.split("?")[0]).resolve().exists(), (path, address)


def test_only_pages_with_a_diagram_load_mermaid(site: Path) -> None:
    """It is 3.5 MB."""
    loading = [
        address
        for address, path in pages(site).items()
        if "mermaid.min.js" in path.read_text(encoding="utf-8")
    ]
    assert "steps/01_database" in loading
    assert "glossary" not in loading


def test_the_index_of_the_search_holds_both_languages(site: Path) -> None:
    """Each word leads to pages of its language only."""
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    assert index["config"]["lang"] == ["en", "ru"]
    for word, russian in (("administrator", False), ("database", False), ("миграции", True)):
        found = [row for row in index["docs"] if word in f"{row['title']} {row['text']}".lower()]
        assert found
        if russian:
            assert all(row["location"].startswith("ru/") for row in found)


def test_programs_get_a_list_of_the_pages(site: Path) -> None:
    """Every link of llms.txt leads to a page, in both languages."""
    for folder in (site, site / "ru"):
        text = (folder / "llms.txt").read_text(encoding="utf-8")
        links = re.findall(r"\]\(([^)]+)\)", text)
        assert len(links) == len(pages(folder)) - 1
        assert all((folder / link / "index.html").is_file() for link in links)


def test_every_step_has_a_page(course: Course) -> None:
    """In both languages; a new step comes with its lesson."""
    for layer in course.layers:
        for language in ("en", "ru"):
            assert step_page(layer) in course.pages[language], layer.name


def test_every_session_and_setting_is_described_in_russian(course: Course) -> None:
    """The English text comes from the noxfile and .env.example themselves."""
    from workshop.docs.facts import settings  # noqa: PLC0415 - beside its only use

    russian = bundle("ru")
    sessions = [name for name, _ in nox_sessions(str(course.project.root))]
    assert {"app", "tests", "step-01", "dev"} <= set(sessions)
    wanted = [f"docs-session-{name}" for name in sessions if not name.startswith("step-")]
    wanted += [f"docs-setting-{name}" for name in settings(course.end_of(len(course.layers)))]
    assert [name for name in wanted if not russian.has_message(name)] == []


def test_a_page_that_is_wrong_stops_the_build(small: Small, tmp_path: Path) -> None:
    """Before MkDocs is started."""
    small.edit("en", "The lead.", "New.")
    (note,) = build(small.project, tmp_path / "site", tmp_path / "pages")
    assert note.message_id == "docs-stale-ru"
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("link", ["nowhere.md", "../index.md#nowhere"])
def test_a_dead_link_stops_the_build(small: Small, tmp_path: Path, link: str) -> None:
    """To a page, or to a heading."""
    root = Path(__file__).parents[2]
    config = (root / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[0]
    small.write("mkdocs.yml", config.replace("omitted_files: warn", "omitted_files: ignore"))
    small.write("docs/assets/site/extra.css", "")
    from workshop.docs.checks import confirm  # noqa: PLC0415 - beside its only use

    for language in ("en", "ru"):
        small.edit(language, "(../index.md)", f"({link})")
    confirm(small.course, "steps/01_base.md")
    with pytest.raises(WorkshopError, match="MkDocs"):
        build(small.project, tmp_path / "site", tmp_path / "pages")
