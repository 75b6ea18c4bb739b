"""The root of the command line."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from workshop.errors import WorkshopError
from workshop.messages import LANGUAGES, set_language, text


def build() -> typer.Typer:
    """Assemble the commands; help texts are rendered in the language in force now."""
    from workshop.cli import (  # noqa: PLC0415 - help needs the language
        author,
        docs,
        exercises,
        learn,
        run,
        services,
        verify,
        why,
    )

    app = typer.Typer(
        help=text("help-workshop"),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def root(
        _lang: Annotated[str, typer.Option("--lang", help=text("help-lang"))] = "",
    ) -> None:
        """Take the options that stand before a command; `choose_language` has read them."""

    for name, command in learn.COMMANDS.items():
        app.command(name, help=text(f"help-{name}"))(command)
    app.command("run", help=text("help-run"))(run.run)
    app.command("why", help=text("help-why"))(why.why)
    app.add_typer(services.app, name="services", help=text("help-services"))
    app.add_typer(docs.app, name="docs", help=text("help-docs"))
    app.add_typer(author.app, name="author", help=text("help-author"))
    author.app.command(
        "test",
        help=text("help-test"),
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )(verify.check_step)
    author.app.command("verify", help=text("help-verify"))(verify.verify)
    author.app.command("exercises", help=text("help-exercises"))(exercises.exercises)
    return app


def choose_language(arguments: list[str]) -> None:
    """Read ``--lang`` before anything is rendered, the help included.

    Raises:
        WorkshopError: the language is not one of ours.

    """
    for position, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            asked = value or next(iter(arguments[position + 1 :]), "")
            if asked not in LANGUAGES:
                known = ", ".join(LANGUAGES)
                raise WorkshopError("lang-unknown", exit_code=2, asked=asked, known=known)
            set_language(asked)


def main() -> None:
    """Run the command line; a `WorkshopError` is shown as its message, never as a traceback."""
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    try:
        choose_language(sys.argv[1:])
        build()()
    except WorkshopError as error:
        errors.print(Text(str(error), style="red"))
        sys.exit(error.exit_code)
