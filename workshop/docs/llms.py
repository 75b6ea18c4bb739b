"""``llms.txt``: the site as a list of links with one line each, for programs that read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workshop.docs.words import say

LONGEST = 160
"""Characters of a description."""

NO_PROSE = re.compile(r"[#|!?:<\-{~]|```")
"""How headings, tables, admonitions, lists and fences begin."""


def llms_text(pages: Mapping[str, str], language: str) -> str:
    """List the pages by path: the home page's title and lead first, then all others."""
    home = pages.get("index.md", "")
    lines = [
        f"# {title(home)}",
        "",
        f"> {lead(home)}",
        "",
        f"## {say(language, 'docs-llms-pages')}",
    ]
    lines.append("")
    for name, text in pages.items():
        if name != "index.md":
            described = lead(text)
            lines.append(
                f"- [{title(text)}]({address(name)}){f': {described}' if described else ''}"
            )
    return "\n".join(lines) + "\n"


def address(name: str) -> str:
    """Say where a page lies on the site, relative to ``llms.txt``."""
    folder = name.removesuffix(".md")
    return f"{folder.removesuffix('index')}" if folder.endswith("index") else f"{folder}/"


def title(text: str) -> str:
    """Return the first heading as plain text."""
    found = re.search(r"^# (.+?)(?:\s*\{.*\})?$", text, re.MULTILINE)
    return plain(found[1]) if found else ""


def lead(text: str) -> str:
    """Return the first paragraph of prose as one line of plain text."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    for paragraph in re.split(r"\n\s*\n", text):
        if paragraph.strip() and not NO_PROSE.match(paragraph.lstrip()):
            line = plain(" ".join(paragraph.split()))
            return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]}…"
    return ""


def plain(text: str) -> str:
    """Drop links and emphasis."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\*\*([^*]+)\*\*", r"\1", text)
