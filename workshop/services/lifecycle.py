"""What the rest of the tool asks of the services."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from workshop.errors import WorkshopError
from workshop.project import Project
from workshop.services import external
from workshop.services.engines import ENGINES, Engine
from workshop.services.errors import NoAnswerError
from workshop.services.external import Address
from workshop.services.failures import readable_failures
from workshop.services.place import Place
from workshop.services.record import Record, read_record

State = Literal["running", "external", "stopped", "crashed", "silent"]


@dataclass(frozen=True)
class Status:
    """How one service does.

    Attributes:
        name: "postgres", "redis" or "smtp".
        title: how people call it.
        state: ``running`` is ours and answers, ``external`` is somebody else's and answers;
            ``crashed``: its process has ended though nobody stopped it; ``silent``: the process is
            there, or the address is somebody else's, and there is no answer.
        address: host, port and database; no password.
        data: the directory of its data; empty for an external one.
        log: its log; empty for an external one.
        source: for an external one where its address is set: a variable, or a file.
        problem: for a silent external one what is wrong and what to do, as one message.
        page: what a running one shows in a browser; empty where there is nothing.

    """

    name: str
    title: str
    state: State
    address: str = ""
    data: str = ""
    log: str = ""
    source: str = ""
    problem: str = ""
    page: str = ""

    @property
    def answers(self) -> bool:
        """Whether the app can use it."""
        return self.state in ("running", "external")


def environment(project: Project, needs: Iterable[str]) -> dict[str, str]:
    """Make sure that services answer, and return what tells the app where they are.

    An address in the environment or in the checkout's ``.env`` wins; the others are started here
    unless they answer. A warm call takes milliseconds.

    Args:
        project: the checkout; its servers are its own.
        needs: names of services: "postgres", "redis" and "smtp".

    Returns:
        ``DATABASE_URL``, ``REDIS_URL``, and several settings that begin with ``SMTP_``, as far as
        needed. They hold passwords.

    Raises:
        WorkshopError: a server does not answer and cannot be started; says what to do.

    """
    found: dict[str, dict[str, str]] = {}
    silent: list[Engine] = []
    engines = [ENGINES[name] for name in needs]
    for engine in engines:
        place = Place(project, engine.name)
        with readable_failures(place):
            record = read_record(place)
        if address := _external(project, engine, record):
            external.check(address)
            found[engine.name] = address.settings
        elif record and _answers(engine, place, record):
            found[engine.name] = engine.settings(record)
        else:
            silent.append(engine)
    if silent:
        from workshop.services.starting import start_all  # noqa: PLC0415 - cold path

        started = start_all(project, silent)
        found |= {engine.name: engine.settings(started[engine.name]) for engine in silent}
    return {name: value for engine in engines for name, value in found[engine.name].items()}


def inbox_page(project: Project) -> str:
    """Return the address of the page that shows the mail of a running embedded inbox; else ""."""
    record = read_record(Place(project, "smtp"))
    return _page(record) if record and record.pid else ""


def status(project: Project) -> tuple[Status, ...]:
    """Tell how every service does, and start none.

    Raises:
        WorkshopError: the state of the services cannot be read.

    """
    return tuple(_status(project, engine) for engine in ENGINES.values())


def stop(project: Project, *, wipe: bool = False) -> None:
    """Stop this checkout's own servers; external ones are left alone.

    Args:
        project: the checkout.
        wipe: delete their data and logs, too.

    Raises:
        WorkshopError: the data cannot be deleted.

    """
    from workshop.services.stopping import stop_all  # noqa: PLC0415 - imports process tools

    stop_all(project, ENGINES.values(), wipe=wipe)


def _external(project: Project, engine: Engine, record: Record | None) -> Address | None:
    """Return the address that a person gave, unless it is the one that we gave out ourselves.

    Otherwise a shell that took our addresses over (``services env``) would ask for a server of
    yesterday as soon as a port changes.
    """
    address = engine.given(project)
    if address and record and record.password and record.password in address.value:
        return None
    return address


def _answers(engine: Engine, place: Place, record: Record) -> bool:
    if not record.pid or not record.describes(place):
        return False
    try:
        engine.check(record)
    except NoAnswerError:
        return False
    return True


def _status(project: Project, engine: Engine) -> Status:
    place = Place(project, engine.name)
    with readable_failures(place):
        record = read_record(place)
    if address := _external(project, engine, record):
        return _external_status(engine, address)
    return Status(
        name=engine.name,
        title=engine.title,
        state=_embedded_state(engine, place, record),
        address=engine.shown(record) if record and record.pid else "",
        data=project.relative(place.data),
        log=project.relative(place.log),
        page=_page(record) if record and record.pid else "",
    )


def _page(record: Record) -> str:
    return f"http://127.0.0.1:{record.page}/" if record.page else ""


def _embedded_state(engine: Engine, place: Place, record: Record | None) -> State:
    if record is None or not record.pid or not record.describes(place):
        return "stopped"
    if _answers(engine, place, record):
        return "running"
    from workshop.services.processes import lives  # noqa: PLC0415 - only when something is wrong

    return "silent" if lives(record) else "crashed"


def _external_status(engine: Engine, address: Address) -> Status:
    source = address.file or address.variable
    problem = shown = ""
    try:
        shown = address.shown
        external.check(address)
    except WorkshopError as error:
        problem = str(error)
    return Status(
        name=engine.name,
        title=engine.title,
        state="silent" if problem else "external",
        address=shown,
        source=source,
        problem=problem,
    )
