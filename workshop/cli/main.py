"""The root of the command line."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from workshop.cli.folding import fold_for
from workshop.errors import WorkshopError
from workshop.messages import LANGUAGES, set_language, text

GROUPS = {
    "services": "workshop.cli.services",
    "docs": "workshop.cli.docs",
    "author": "workshop.cli.author",
}
"""Groups of commands: name -> the module that has them as its ``app``."""

SINGLE = {"run": "workshop.cli.run", "why": "workshop.cli.why"}
"""Commands beside the learner's loop: name -> the module that has a function of that name."""

TESTING = frozenset({"check", "watch"})
"""Commands that will most likely run the tests of the learner's app."""
HELP = ("-h", "--help")


def build(asked: str = "") -> typer.Typer:
    """Assemble the commands; help texts are rendered in the language in force now.

    Args:
        asked: the command that will be run, if that is known. The others are then left out: to
            import and describe them takes longer than most commands.

    """
    from workshop.cli.learn import COMMANDS  # noqa: PLC0415 - help needs the language

    known = {*COMMANDS, *SINGLE, *GROUPS}
    needed = {asked} if asked in known else known
    app = typer.Typer(
        help=text("help-workshop"),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": list(HELP)},
    )

    @app.callback()
    def root(
        _lang: Annotated[str, typer.Option("--lang", help=text("help-lang"))] = "",
    ) -> None:
        """Take the options that stand before a command; `choose_language` has read them."""

    for name, command in COMMANDS.items():
        if name in needed:
            app.command(name, help=text(f"help-{name}"))(command)
    for name, module in SINGLE.items():
        if name in needed:
            app.command(name, help=text(f"help-{name}"))(getattr(import_module(module), name))
    for name, module in GROUPS.items():
        if name in needed:
            app.add_typer(import_module(module).app, name=name, help=text(f"help-{name}"))
    return app


def asked_command(arguments: list[str]) -> str:
    """Return the first word that is neither an option nor the language; empty without one."""
    before = ["", *arguments]
    words = (
        word
        for previous, word in zip(before, arguments, strict=False)
        if previous != "--lang" and not word.startswith("-")
    )
    return next(words, "")


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


def begin_ahead(asked: str, arguments: list[str]) -> None:
    """Let the process of the tests start while this one is still importing what commands need.

    Raises:
        WorkshopError: the checkout cannot be found.

    """
    if asked in TESTING and not set(HELP) & set(arguments):
        from workshop.checking.ahead import prepare  # noqa: PLC0415 - other commands run no tests
        from workshop.project import find_project  # noqa: PLC0415 - the same

        prepare(find_project().build("mine"))


def main() -> None:
    """Run the command line; a `WorkshopError` is shown as its message, never as a traceback."""
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    try:
        choose_language(sys.argv[1:])
        asked = asked_command(sys.argv[1:])
        begin_ahead(asked, sys.argv[1:])
        build(asked)()
    except WorkshopError as error:
        for line in str(error).split("\n"):
            errors.print(Text("\n".join(fold_for(errors, line)), style="red"))
        sys.exit(error.exit_code)
