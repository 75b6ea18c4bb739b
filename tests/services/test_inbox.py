"""The inbox: a process that takes mail, keeps it, and shows it."""

from __future__ import annotations

import os
import shutil
import signal
import smtplib
import socket
import time
from collections.abc import Iterator, Mapping
from datetime import datetime

import pytest

from workshop.errors import WorkshopError
from workshop.project import Project
from workshop.services import environment, inbox_page, status, stop
from workshop.services.inbox.store import MOST, Store
from workshop.services.place import Place
from workshop.services.record import read_record

from .conftest import servers_below, temporary_area
from .mailing import ask, read, send, write

SMTP = ["smtp"]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """Find a Chromium: ``CHROMIUM`` in the environment, or a usual name on PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


@pytest.fixture(scope="module")
def shared_inbox() -> Iterator[Project]:
    """Give a checkout whose inbox runs, to tests that do not harm it."""
    with temporary_area() as directory:
        (directory / "steps").mkdir()
        environment(Project(directory), SMTP)
        yield Project(directory)


@pytest.fixture
def found(shared_inbox: Project) -> Mapping[str, str]:
    """Give the app's settings; the inbox is empty."""
    ask(f"{inbox_page(shared_inbox)}delete", "POST")
    return environment(shared_inbox, SMTP)


@pytest.fixture
def page(shared_inbox: Project) -> str:
    """Give the address of the page."""
    return inbox_page(shared_inbox)


def test_message_is_kept_and_shown(found: Mapping[str, str], page: str) -> None:
    """In a list, by itself, and to scripts."""
    html = '<p><a href="https://x.org/verify#token=abc">Confirm</a></p>'
    send(found, write("Привет, Ada", "Open https://x.org/verify#token=abc.\n", html))
    (message,) = read(page)
    assert (message["subject"], message["recipients"]) == ("Привет, Ada", ["ada@x.org"])
    assert message["links"] == ["https://x.org/verify#token=abc"]
    assert message["html"].strip() == html
    assert "Привет, Ada" in ask(page)[1]
    status_code, shown, _ = ask(f"{page}messages/{message['id']}")
    assert status_code == 200
    assert '<a href="https://x.org/verify#token=abc" target="_blank"' in shown
    assert f'src="/messages/{message["id"]}/html"' in shown
    assert "Delivered-To: ada@x.org" in shown
    source = ask(f"{page}messages/{message['id']}/source")[1]
    assert source.startswith("Return-Path: <app@x.org>\r\nDelivered-To: ada@x.org\r\n")


def test_nothing_in_a_message_becomes_code(found: Mapping[str, str], page: str) -> None:
    """The page escapes what it shows; the HTML is shown where no script may run."""
    evil = "<script>alert(1)</script>"
    send(found, write(evil, f'{evil} https://x.org/"onclick=alert(1)', f"<p>{evil}</p>"))
    (message,) = read(page)
    address = f"{page}messages/{message['id']}"
    for shown in (ask(page)[1], ask(address)[1]):
        assert evil not in shown
        assert "&lt;script&gt;" in shown
        assert 'onclick=alert(1)"' not in shown
    _, html, headers = ask(f"{address}/html")
    assert evil in html  # as it came
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups ")
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert "script" not in ask(address)[2]["Content-Security-Policy"]


NONSENSE = {
    "no header": b"just text\r\n",
    "empty": b"",
    "no charset": b"Content-Type: text/plain; charset=klingon\r\n\r\n\xff\xfe caf\xc3\xa9\r\n",
    "latin": b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\ncaf\xe9\r\n",
    "raw bytes": b"Subject: caf\xc3\xa9 \xff\r\n\r\nx\r\n",
    "bad word": b"Subject: =?utf-8?b?!!!?= =?klingon?q?a?=\r\nFrom: =?\r\n\r\nx\r\n",
    "bad base64": b"Content-Transfer-Encoding: base64\r\n\r\n!!!not base64!!!\r\n",
    "open boundary": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\npart\r\n",
    "no boundary": b"Content-Type: multipart/alternative\r\n\r\ntext\r\n",
    "bad type": b"Content-Type: ; =\r\nContent-Disposition: inline; filename*=x'\r\n\r\nx\r\n",
    "nul": b"Subject: a\x00b\r\n\r\na\x00b\r\n",
    "deep": b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(200)
    ),
}


@pytest.mark.parametrize("content", NONSENSE.values(), ids=NONSENSE)
def test_broken_message_is_shown_all_the_same(
    found: Mapping[str, str], page: str, content: bytes
) -> None:
    """In every view; the mistake is what somebody wants to see."""
    send(found, content)
    (message,) = read(page)
    for view in ("", "/html", "/source"):
        assert ask(f"{page}messages/{message['id']}{view}")[0] == 200, view
    assert ask(page)[0] == 200


def test_text_is_read_in_its_own_charset(found: Mapping[str, str], page: str) -> None:
    """Or as UTF-8, where there is no such charset."""
    for name in ("latin", "no charset", "raw bytes"):
        send(found, NONSENSE[name])
    raw, unknown, latin = read(page)
    assert latin["text"].strip() == "café"
    assert unknown["text"].strip() == "�� café"
    assert raw["subject"] == "café �"


def test_large_message_is_taken_and_a_giant_is_not(found: Mapping[str, str], page: str) -> None:
    """Ten megabytes arrive to the last byte; the limit is said in the greeting."""
    send(found, write("large", f"{'x' * 499}\n" * 20_000))
    (message,) = read(page)
    assert len(message["text"].replace("\r\n", "\n")) == 10_000_000
    with pytest.raises(smtplib.SMTPResponseException) as caught:
        send(found, b"x" * 34_000_000)
    assert caught.value.smtp_code == 552
    assert len(read(page)) == 1


def test_delete_is_for_our_own_page_only(found: Mapping[str, str], page: str) -> None:
    """Another site, under whatever name it leads to this machine, can neither delete nor read."""
    send(found, write("kept"))
    for origin in ("https://evil.example", "null"):
        assert ask(f"{page}delete", "POST", Origin=origin)[0] == 403
    # A browser that is not told so says "null" for the button on our page, too.
    assert ask(page)[2]["Referrer-Policy"] == "same-origin"
    assert ask(page, Host="evil.example")[0] == 403
    assert ask(f"{page}delete")[0] == 404
    assert len(read(page)) == 1
    assert ask(f"{page}delete", "POST", Origin=page.rstrip("/"))[0] == 200  # after the redirect
    assert read(page) == []


@pytest.mark.parametrize("path", ["nothing", "messages/../server.json", "messages/x", "messages/"])
def test_other_paths_lead_nowhere(page: str, path: str) -> None:
    """An id is an id, and no way to other files."""
    with socket.create_connection(("127.0.0.1", int(page.split(":")[2].strip("/"))), 5) as client:
        client.sendall(f"GET /{path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert client.makefile("rb").readline().split()[1] == b"404"


def test_page_speaks_the_browser_s_language(page: str, found: Mapping[str, str]) -> None:
    """And its list looks for new messages by itself."""
    del found
    assert "Писем пока нет" in ask(page, Accept_Language="ru-RU,ru;q=0.9")[1]
    shown = ask(page, Accept_Language="de")[1]
    assert "No messages yet" in shown
    assert 'http-equiv="refresh"' in shown


DATES = {
    "Thu, 26 Nov 2026 05:31:21 +0300": "2026-11-26T02:31:21+00:00",
    "Thu, 26 Nov 2026 05:31:21 -0000": "2026-11-26T05:31:21+00:00",
}


@pytest.mark.parametrize("written", DATES)
def test_times_are_written_as_the_reader_does(
    found: Mapping[str, str], page: str, written: str
) -> None:
    """On this machine's clock, with its distance from UTC; the headers stay as they came."""
    message = write("dated")
    message["Date"] = written
    send(found, message)
    (one,) = read(page)
    at = datetime.fromisoformat(DATES[written]).astimezone()
    offset = at.isoformat()[-6:]
    zone = "UTC" if offset == "+00:00" else f"UTC{offset}"
    for language, form in (("en", "%Y-%m-%d %H:%M:%S"), ("ru", "%d.%m.%Y %H:%M:%S")):
        shown = ask(f"{page}messages/{one['id']}", Accept_Language=language)[1]
        assert f'<time datetime="{at.isoformat()}">{at.strftime(form)} {zone}</time>' in shown
        assert f"Date: {written}" in shown
        assert f" {zone}</time>" in ask(page, Accept_Language=language)[1]


@pytest.mark.parametrize("written", ["soon", "Fri, 31 Dec 9999 23:59:59 -1200", ""])
def test_date_that_is_none_is_shown_as_it_came(
    found: Mapping[str, str], page: str, written: str
) -> None:
    """The mistake is what somebody wants to see."""
    send(found, f"Subject: x\r\nDate: {written}\r\n\r\nx\r\n".encode())
    (one,) = read(page)
    status_code, shown, _ = ask(f"{page}messages/{one['id']}")
    assert status_code == 200
    assert f"<td>{written}</td>" in shown


PHONE, DESK = (360, 740), (1100, 900)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_page_fits_its_window(found: Mapping[str, str], page: str, size: tuple[int, int]) -> None:
    """Nothing is wider than the window, and the frame shows a message with its footer."""
    program = find_chromium()
    if program is None:
        pytest.skip("no chromium here: install it (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="nox -s dev installs it")
    send(found, write("x" * 200, "Hello", f'<body style="margin:0">{"<p>Hello</p>" * 14}</body>'))
    (one,) = read(page)
    with playwright.sync_playwright() as started:
        flags = ["--headless", "--no-sandbox", "--disable-gpu"]
        browser = started.chromium.launch(executable_path=program, args=flags)
        shown = browser.new_page(viewport=dict(zip(("width", "height"), size, strict=True)))
        shown.goto(f"{page}messages/{one['id']}")
        frame = shown.locator("iframe").bounding_box()
        text = shown.locator("pre").first.bounding_box()
        inside = shown.frames[1].evaluate("document.documentElement.scrollHeight")
        assert shown.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert frame["width"] == text["width"]
        assert inside <= frame["height"] <= size[1]
        browser.close()


def test_silent_browser_stops_nobody(page: str) -> None:
    """Browsers open connections that they may need later."""
    port = int(page.split(":")[2].strip("/"))
    with (
        socket.create_connection(("127.0.0.1", port)),
        socket.create_connection(("127.0.0.1", port)) as babbler,
    ):
        babbler.sendall(b"\x16\x03\x01\x02\x00\r\n\r\n")
        assert ask(page)[0] == 200


def test_strangers_send_nothing(found: Mapping[str, str], page: str) -> None:
    """Other users of the machine do not know the password."""
    wrong = {**found, "SMTP_PASSWORD": "wrong"}
    with pytest.raises(smtplib.SMTPAuthenticationError):
        send(wrong, write("spam"))
    with (
        smtplib.SMTP(found["SMTP_HOST"], int(found["SMTP_PORT"])) as client,
        pytest.raises(smtplib.SMTPSenderRefused),
    ):
        client.sendmail("a@x.org", ["b@x.org"], b"Subject: spam\r\n\r\n")
    assert read(page) == []


def test_messages_survive_sigkill_and_restart(project: Project) -> None:
    """What was taken is kept, under the same addresses; half a message is not."""
    found = environment(project, SMTP)
    page = inbox_page(project)
    send(found, write("before"))
    record = read_record(Place(project, "smtp"))
    assert record
    data = Place(project, "smtp").data
    (data / "00000000000000000001-00000000.draft").write_bytes(b"half")
    os.kill(record.pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    # For a moment the process still is, and does not answer any more.
    while (state := status(project)[2].state) != "crashed" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert state == "crashed"
    assert environment(project, SMTP) == found
    assert inbox_page(project) == page
    send(found, write("after"))
    assert [message["subject"] for message in read(page)] == ["after", "before"]
    assert not list(data.glob("*.draft"))
    stop(project)
    assert not servers_below(project.root)
    assert (status(project)[2].state, status(project)[2].page) == ("stopped", "")
    assert inbox_page(project) == ""
    assert environment(project, SMTP) == found
    assert len(read(page)) == 2


def test_other_program_takes_the_ports(project: Project) -> None:
    """The inbox moves to others, with its messages."""
    found = environment(project, SMTP)
    send(found, write("kept"))
    stop(project)
    record = read_record(Place(project, "smtp"))
    assert record
    with socket.socket() as taken, socket.socket() as other:
        for held, port in ((taken, record.port), (other, record.page)):
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            held.bind(("127.0.0.1", port))
            held.listen()
        moved = environment(project, SMTP)
        assert moved["SMTP_PORT"] != found["SMTP_PORT"]
        assert [message["subject"] for message in read(inbox_page(project))] == ["kept"]


def test_oldest_messages_make_room(project: Project) -> None:
    """A loop that sends does not fill the disk."""
    directory = project.root / "messages"
    directory.mkdir()
    for number in range(MOST):
        (directory / f"{number:020}-00000000.eml").write_bytes(b"old")
    store = Store(directory)
    newest = store.add(b"Subject: new\r\n\r\n", "a@x.org", ["b@x.org"])
    assert len(store.ids()) == MOST
    assert store.ids()[0] == newest
    assert store.ids()[-1].startswith(f"{1:020}-")


def test_mail_server_of_one_s_own_wins(
    project: Project, shared_inbox: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its settings are passed on as they are; the environment wins over .env."""
    inbox = environment(shared_inbox, SMTP)
    lines = ["SMTP_HOST=127.0.0.1", f"SMTP_PORT={inbox['SMTP_PORT']}", "SMTP_USER=me@x.org"]
    (project.root / ".env").write_text("\n".join([*lines, "SMTP_PASSWORD='a:b@/#'"]), "utf-8")
    assert environment(project, SMTP) == {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": inbox["SMTP_PORT"],
        "SMTP_USER": "me@x.org",
        "SMTP_PASSWORD": "a:b@/#",
    }
    assert not servers_below(project.root)
    (_, _, one) = status(project)
    assert (one.state, one.address) == ("external", f"127.0.0.1:{inbox['SMTP_PORT']}")
    assert one.source == str(project.root / ".env")
    monkeypatch.setenv("SMTP_PORT", "1")
    with pytest.raises(WorkshopError, match=r"Nobody answers at 127\.0\.0\.1:1"):
        environment(project, SMTP)


def test_port_that_is_none_is_named(project: Project) -> None:
    """With the file that sets it."""
    (project.root / ".env").write_text("SMTP_HOST=localhost\nSMTP_PORT=smtp\n", encoding="utf-8")
    with pytest.raises(WorkshopError, match=r"SMTP_PORT, set in .*\.env, is “smtp”"):
        environment(project, SMTP)


def test_addresses_that_a_shell_took_over_do_not_grow_old(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our own settings in the environment are not somebody's server."""
    for name, value in environment(project, SMTP).items():
        monkeypatch.setenv(name, value)
    stop(project)
    assert status(project)[2].state == "stopped"
    environment(project, SMTP)
    assert status(project)[2].state == "running"
