"""What a browser shows: pages that load nothing from elsewhere and have no scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from html import escape

from workshop.messages import current_language, text
from workshop.services.inbox.letter import URL, Letter
from workshop.services.inbox.store import received_at

POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'"
LETTER_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:; form-action 'none'"
)
"""For the HTML of a message: no script, no request; a link opens in a tab of its own."""

STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
header { display: flex; align-items: center; justify-content: space-between; gap: 1rem; }
h1 { font-size: 1.3rem; overflow-wrap: anywhere; } h2 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
th { font-weight: 600; white-space: nowrap; } td { overflow-wrap: anywhere; }
time { white-space: nowrap; overflow-wrap: normal; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .8rem; font-size: .9rem;
  background: color-mix(in srgb, currentColor 6%, transparent); border-radius: 6px; }
iframe { width: 100%; height: min(80vh, 34rem); box-sizing: border-box; resize: vertical;
  border: 1px solid #8886; border-radius: 6px; background: #fff; color-scheme: light; }
@media (max-width: 36rem) { time { white-space: normal; } iframe { height: 80vh; } }
a { color: LinkText; } button { font: inherit; padding: .3rem .8rem; }
"""

FORMATS = {"en": "%Y-%m-%d %H:%M:%S", "ru": "%d.%m.%Y %H:%M:%S"}
"""How a time is written in a language."""

Row = tuple[str, Letter]


def list_page(rows: Iterable[Row]) -> str:
    """Show all messages, the newest first; the page looks for new ones by itself."""
    lines = [
        f'<tr><td><a href="/messages/{message_id}">{escape(_subject(letter))}</a></td>'
        f"<td>{escape(letter.header('To') or letter.header('Delivered-To'))}</td>"
        f"<td>{_time(received_at(message_id))}</td></tr>"
        for message_id, letter in rows
    ]
    head = "".join(f"<th>{escape(text(f'inbox-{name}'))}</th>" for name in ("subject", "to", "at"))
    table = f"<table><tr>{head}</tr>{''.join(lines)}</table>"
    delete = f'<form method="post" action="/delete"><button>{_say("delete")}</button></form>'
    empty = f"<p>{_say('empty')}</p>"
    body = f"<header><h1>{_say('title')}</h1>{delete}</header>{table if lines else empty}"
    return _page(text("inbox-title"), body, head='<meta http-equiv="refresh" content="3">')


def letter_page(message_id: str, letter: Letter) -> str:
    """Show one message: its HTML in a box of its own, its text, its headers."""
    sent = letter.sent_at
    date = _time(sent) if sent else escape(letter.header("Date"))
    people = ((name, escape(letter.header(name))) for name in ("From", "To"))
    shown = "".join(
        f"<tr><th>{_say(name.lower())}</th><td>{value}</td></tr>"
        for name, value in (*people, ("Date", date))
    )
    parts = [
        f'<p><a href="/">← {_say("title")}</a></p>',
        f"<h1>{escape(_subject(letter))}</h1><table>{shown}</table>",
    ]
    if letter.html:
        parts.append(
            f'<h2>HTML</h2><iframe sandbox="allow-popups allow-popups-to-escape-sandbox" '
            f'src="/messages/{message_id}/html" title="HTML"></iframe>'
            f'<p><a href="/messages/{message_id}/html" target="_blank">{_say("alone")}</a></p>'
        )
    if letter.text:
        parts.append(f"<h2>{_say('text')}</h2><pre>{link_up(letter.text)}</pre>")
    if letter.attachments:
        parts.append(
            f"<h2>{_say('attachments')}</h2><p>{escape(', '.join(letter.attachments))}</p>"
        )
    headers = escape("\n".join(f"{name}: {value}" for name, value in letter.headers))
    parts.append(f"<h2>{_say('headers')}</h2><pre>{headers}</pre>")
    parts.append(f'<p><a href="/messages/{message_id}/source">{_say("source")}</a></p>')
    return _page(_subject(letter), "".join(parts))


def letter_html(letter: Letter) -> str:
    """Give the HTML of a message as it came, but for where its links open."""
    base = '<base target="_blank">'
    found = re.search(r"<head\b[^>]*>|<!doctype[^>]*>", letter.html, re.IGNORECASE)
    place = found.end() if found else 0
    return letter.html[:place] + base + letter.html[place:]


def link_up(plain: str) -> str:
    """Escape a text, and make its addresses links."""
    pieces, end = [], 0
    for found in URL.finditer(plain):
        url = escape(found[0])
        link = f'<a href="{url}" target="_blank" rel="noreferrer">{url}</a>'
        pieces += [escape(plain[end : found.start()]), link]
        end = found.end()
    return "".join([*pieces, escape(plain[end:])])


def _page(title: str, body: str, *, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="{current_language()}"><head><meta charset="utf-8">{head}'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>{body}</body></html>"
    )


def _say(name: str) -> str:
    return escape(text(f"inbox-{name}"))


def _subject(letter: Letter) -> str:
    return letter.header("Subject") or text("inbox-no-subject")


def _time(at: datetime) -> str:
    """Show a time as it is on this machine's clock, with its distance from UTC."""
    here = at.astimezone()
    distance = here.isoformat()[-len("+00:00") :]
    zone = "UTC" if distance == "+00:00" else f"UTC{distance}"
    shown = here.strftime(FORMATS[current_language()])
    return f'<time datetime="{here.isoformat()}">{shown} {zone}</time>'
