"""What an app and a browser do with the inbox."""

from __future__ import annotations

import json
import smtplib
from collections.abc import Mapping
from email.message import EmailMessage, Message
from email.policy import SMTP
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen


def send(found: Mapping[str, str], message: EmailMessage | bytes, to: str = "ada@x.org") -> None:
    """Send a message with the settings that the app is given."""
    raw = message.as_bytes(policy=SMTP) if isinstance(message, EmailMessage) else message
    with smtplib.SMTP(found["SMTP_HOST"], int(found["SMTP_PORT"]), timeout=10) as client:
        client.login(found["SMTP_USER"], found["SMTP_PASSWORD"])
        client.sendmail("app@x.org", [to], raw)


def write(subject: str, text: str = "Hello", html: str = "") -> EmailMessage:
    """Write a message."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "app@x.org", "ada@x.org", subject
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def ask(url: str, method: str = "GET", **headers: str) -> tuple[int, str, Message]:
    """Ask for a page; give the status, the text and the headers of the answer."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urlopen(Request(url, method=method, headers=names), timeout=10) as answer:  # noqa: S310 - ours
            return answer.status, answer.read().decode(errors="replace"), answer.headers
    except HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers


def read(page: str) -> list[dict[str, Any]]:
    """Read the messages as a script would."""
    found: list[dict[str, Any]] = json.loads(ask(f"{page}messages.json")[1])
    return found
