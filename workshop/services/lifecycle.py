"""What the rest of the tool asks of the services."""

from __future__ import annotations

from collections.abc import Iterable

from workshop.project import Project
from workshop.services.engines import ENGINES
from workshop.services.errors import NoAnswerError
from workshop.services.place import Place
from workshop.services.record import Record, read_record


def environment(project: Project, needs: Iterable[str]) -> dict[str, str]:
    """Make sure that services answer, and return what tells the app where they are."""
    engines = [ENGINES[name] for name in needs]
    records = {engine.name: answering(project, engine.name) for engine in engines}
    silent = [engine for engine in engines if records[engine.name] is None]
    if silent:
        from workshop.services.starting import start_all  # noqa: PLC0415 - cold path

        records |= start_all(project, silent)
    return {
        engine.variable: engine.url(record)
        for engine in engines
        if (record := records[engine.name])
    }


def answering(project: Project, name: str) -> Record | None:
    """Return the record of an embedded server that answers now."""
    place = Place(project, name)
    record = read_record(place)
    if record is None or not record.pid or not record.describes(place):
        return None
    try:
        ENGINES[name].check(record)
    except NoAnswerError:
        return None
    return record


def stop(project: Project) -> None:
    """Stop."""
    from workshop.services.starting import stop_all

    stop_all(project, ENGINES.values())


def status(project: Project) -> None: ...
