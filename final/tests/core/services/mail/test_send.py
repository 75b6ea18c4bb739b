"""Messages over real connections."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from app.core.configs import AppConfig
from app.core.exceptions import ApplicationException
from app.core.services.mail import EmailData, MailService
from app.core.services.mail.exceptions import MailUnavailableError
from tests.core.services.mail.sandbox import Greeting
from tests.fixtures.mail_server import MailServer, get_part

ADA = EmailData("Hello", "ada@example.com")


async def send(mail: MailService, email_data: EmailData = ADA) -> None:
    """Greet somebody."""
    await mail.send(template=Greeting("Ada"), email_data=email_data)


async def test_message_has_both_forms_and_its_headers(
    mail: MailService, mail_server: MailServer
) -> None:
    """The last form is the one that programs prefer."""
    await send(mail)
    (message,) = mail_server.messages
    assert message.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in message.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    assert "Hello <b>Ada</b>!" in get_part(message, "html")
    assert "Hello Ada!" in get_part(message, "plain")
    assert message["From"] == f"{AppConfig().PROJECT_NAME} <noreply@example.com>"
    assert (message["To"], message["Auto-Submitted"]) == ("ada@example.com", "auto-generated")
    assert message["Message-ID"].endswith("@example.com>")
    age = datetime.now(UTC) - parsedate_to_datetime(message["Date"])
    assert timedelta(seconds=-1) <= age < timedelta(minutes=1)


@pytest.fixture
def foreign_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send in a name that is not ASCII; to be asked for before the service."""
    monkeypatch.setenv("MAIL_FROM_NAME", "Ёлки & «Палки», Ltd.")


@pytest.mark.usefixtures("foreign_name")
async def test_every_letter_of_the_world(mail: MailService, mail_server: MailServer) -> None:
    """In the sender's name, the subject, which is folded, and both forms."""
    subject = "Привет, Юля 🌍" * 9
    await mail.send(template=Greeting("Юля 🌍"), email_data=EmailData(subject, "j@example.com"))
    (message,) = mail_server.messages
    assert message["From"].addresses[0].display_name == "Ёлки & «Палки», Ltd."
    assert message["Subject"] == subject
    assert "Hello Юля 🌍!" in get_part(message, "plain")
    assert "Hello <b>Юля 🌍</b>!" in get_part(message, "html")


async def test_address_that_is_not_ascii(mail: MailService, mail_server: MailServer) -> None:
    """A server that understands such addresses (RFC 6531) is given it as it is."""
    await send(mail, EmailData("Hello", "юля@bücher.example.com"))
    assert mail_server.recipients == ["юля@xn--bcher-kva.example.com"]


async def test_connection_is_kept(mail: MailService, mail_server: MailServer) -> None:
    """One for messages in a row, no more than the settings say for many at once."""
    for _ in range(3):
        await send(mail)
    assert (len(mail_server.messages), mail_server.connections) == (3, 1)
    await asyncio.gather(*(send(mail) for _ in range(10)))
    assert (len(mail_server.messages), mail_server.connections) == (13, 2)


async def test_dropped_connection_is_made_again(mail: MailService, mail_server: MailServer) -> None:
    """The sender finds it dead when the next message is to go, and nobody notices."""
    await send(mail)
    await mail_server.drop_connections()
    await send(mail)
    assert (len(mail_server.messages), mail_server.connections) == (2, 2)


async def test_server_that_says_goodbye_is_asked_again(
    mail: MailService, mail_server: MailServer
) -> None:
    """421: it closes the connection; over a new one it says the same, and that is that."""
    await send(mail)
    mail_server.says["MAIL"] = "421 too many messages"
    with pytest.raises(MailUnavailableError, match="421 too many messages"):
        await send(mail)
    assert mail_server.connections == 2
    del mail_server.says["MAIL"]
    await send(mail)
    assert (len(mail_server.messages), mail_server.connections) == (2, 3)


async def test_server_that_drops_every_connection_is_not_asked_for_ever(
    mail: MailService, mail_server: MailServer
) -> None:
    """Once over the kept connection, once over a new one."""
    await send(mail)
    mail_server.before_answer = mail_server.drop_connections
    with pytest.raises(MailUnavailableError):
        await send(mail)
    assert mail_server.connections == 2


async def test_server_that_is_down(mail: MailService, mail_server: MailServer) -> None:
    """A clear error for the client (503) and for the operator; up again, all is well."""
    await mail_server.stop()
    with pytest.raises(MailUnavailableError, match=f"127.0.0.1:{mail_server.port}") as caught:
        await send(mail)
    assert (caught.value.status, caught.value.code) == (503, "mail_unavailable")
    assert caught.value.headers == {"Retry-After": "30"}
    assert str(mail_server.port) not in caught.value.detail
    await mail_server.start()
    await send(mail)
    assert len(mail_server.messages) == 1


async def hang() -> None:
    """Say nothing for longer than a test waits."""
    await asyncio.sleep(60)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lose patience soon; to be asked for before the service."""
    monkeypatch.setenv("SMTP_TIMEOUT", "1.5")


@pytest.mark.usefixtures("hasty")
async def test_server_that_hangs(mail: MailService, mail_server: MailServer) -> None:
    """The time that the settings give is for the whole message; the connection is given up."""
    mail_server.before_answer = hang
    asked = time.monotonic()
    with pytest.raises(MailUnavailableError, match=r"took over 1\.5 s"):
        await send(mail)
    assert 1.4 < time.monotonic() - asked < 5
    mail_server.before_answer = None
    await send(mail)
    assert mail_server.connections == 2


async def dawdle() -> None:
    """Take a quarter of the time that a patient sender gives."""
    await asyncio.sleep(0.5)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a server two seconds."""
    monkeypatch.setenv("SMTP_TIMEOUT", "2")


@pytest.mark.usefixtures("patient")
async def test_wait_for_a_free_connection_is_not_the_servers_time(
    mail: MailService, mail_server: MailServer
) -> None:
    """Ten at once take longer than one may, over two connections; the server is only slow."""
    mail_server.before_answer = dawdle
    await asyncio.gather(*(send(mail) for _ in range(10)))
    assert (len(mail_server.messages), mail_server.connections) == (10, 2)


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have one connection, and wait for it less than a dawdling server takes."""
    monkeypatch.setenv("SMTP_CONNECTIONS", "1")
    monkeypatch.setenv("SMTP_WAIT", "0.2")


@pytest.mark.usefixtures("busy")
async def test_wait_for_a_free_connection_ends(mail: MailService, mail_server: MailServer) -> None:
    """With an error that costs the task no try; its time limit would. The next message goes."""
    mail_server.before_answer = dawdle
    sent, waited = await asyncio.gather(send(mail), send(mail), return_exceptions=True)
    assert sent is None
    assert isinstance(waited, MailUnavailableError)
    assert "no connection was free within 0.2 s" in str(waited)
    await send(mail)
    assert (len(mail_server.messages), mail_server.connections) == (2, 1)


NEVER, LATER = (502, "mail_refused"), (503, "mail_unavailable")


@pytest.mark.parametrize(
    ("command", "answer", "problem"),
    [
        ("MAIL", "553 nobody is called that", LATER),
        ("MAIL", "450 come back later", LATER),
        ("RCPT", "550 no such user", NEVER),
        ("RCPT", "450 come back later", LATER),
        ("DATA", "554 this is spam", NEVER),
        ("DATA", "450 come back later", LATER),
    ],
)
async def test_refusal_tells_never_from_later(
    mail: MailService,
    mail_server: MailServer,
    command: str,
    answer: str,
    problem: tuple[int, str],
) -> None:
    """By the first figure, if it is about the message; what we call ourselves is our mistake."""
    mail_server.says[command] = answer
    with pytest.raises(ApplicationException, match=answer) as refused:
        await send(mail)
    assert (refused.value.status, refused.value.code) == problem
    assert mail_server.messages == []
    mail_server.says.clear()
    await send(mail)
    assert len(mail_server.messages) == 1


@pytest.mark.parametrize(
    ("greeting", "answer"), [("554 no service here", ""), ("220 hello", "550 who are you?")]
)
async def test_server_that_does_not_want_us_refuses_no_message(
    mail: MailService, mail_server: MailServer, greeting: str, answer: str
) -> None:
    """It says 5xx to the connection, before it has heard of any message."""

    async def grumble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"{greeting}\r\n".encode())
        while answer and await reader.readline():
            writer.write(f"{answer}\r\n".encode())
        writer.close()

    await mail_server.stop()
    async with await asyncio.start_server(grumble, "127.0.0.1", mail_server.port):
        with pytest.raises(MailUnavailableError, match=answer or greeting):
            await send(mail)


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
@pytest.mark.parametrize("code", [530, 534, 535, 538])
async def test_server_that_wants_another_login_refuses_no_message(
    mail: MailService, mail_server: MailServer, command: str, code: int
) -> None:
    """Though its answer begins with a 5: the message goes once the settings are right."""
    mail_server.says[command] = f"{code} log in first"
    with pytest.raises(MailUnavailableError, match=f"{code} log in first"):
        await send(mail)
