"""What the person can do with the app, said once."""

from __future__ import annotations

from workshop.messages import current_language, text
from workshop.runner.output import BOLD, YELLOW
from workshop.runner.ports import DEFAULT, Port
from workshop.runner.readiness import Link
from workshop.runner.run import Run, Workplace
from workshop.runner.settings import EMAIL, LOCAL, PASSWORD, USERNAME


def announce(run: Run, port: Port | None, *, moved: bool) -> None:
    """Say what is being started, and that it gets another port than people expect."""
    last = run.target.layers[-1]
    title = last.title[current_language()]
    run.output.say(text("run-title", number=str(last.number), title=title), BOLD)
    if moved and port is not None and port.number != DEFAULT:
        run.output.say(text("run-port-moved", taken=str(DEFAULT), port=str(port.number)))
    if blanks := run.target.blanks.found:
        run.output.say(text("run-blanks", count=len(blanks)), YELLOW)
        for blank in blanks:
            run.output.say(f"  {blank.task} {blank.title}\n       {blank.place}")
        run.output.say(text("run-blanks-how"))


def greet(run: Run, port: Port, place: Workplace, links: tuple[Link, ...] | None) -> None:
    """Say where to look, how to log in, whose log line is whose, and how to stop.

    Args:
        run: the run.
        port: where the app listens.
        place: where it runs.
        links: pages that answered; None when nothing serves HTTP.

    """
    run.output.say()
    if links is not None:
        run.output.say(text("run-ready", url=port.url), BOLD)
        shown = [(text(link.title), f"{port.url}{link.path}") for link in links]
        if place.inbox:
            shown.append((text("run-link-inbox"), place.inbox))
        width = max((len(title) for title, _ in shown), default=0)
        for title, address in shown:
            run.output.say(f"  {title.ljust(width)}  {address}")
    run.output.say(admin(run, place))
    run.output.say(text("run-how-to-stop"))
    run.output.say()


def say_what_was_made(run: Run, place: Workplace) -> None:
    """Say what an app without processes has: its tables and its administrator."""
    from workshop.runner.tables import tables  # noqa: PLC0415 - SQLAlchemy, for this case only

    names = ", ".join(tables(place.environment["DATABASE_URL"]))
    run.output.say()
    run.output.say(text("run-made", tables=names, folder=run.project.relative(place.folder)))
    run.output.say(admin(run, place))
    run.output.say(text("run-no-process"))


def admin(run: Run, place: Workplace) -> str:
    """Say how the first administrator logs in; a password of the user's own is not repeated."""
    environment = place.environment
    login = {"username": environment[USERNAME], "email": environment[EMAIL]}
    if PASSWORD in run.asked or environment["ENVIRONMENT"] != LOCAL:
        return text("run-admin-yours", **login)
    message = "run-admin" if "postgres" in place.embedded else "run-admin-elsewhere"
    return text(message, **login, password=environment[PASSWORD])
