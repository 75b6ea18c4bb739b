"""The type of a result goes from the command to the caller: checked by mypy itself."""

import subprocess
import sys
from pathlib import Path

CALLER = """
from dataclasses import dataclass

from app.core.mediator import BaseCommand, BaseQuery, Mediator


@dataclass(frozen=True)
class Count(BaseCommand[int]):
    pass


class Name(BaseQuery[str]):
    pass


async def call(mediator: Mediator) -> None:
    number: int = await mediator.handle_command(Count())
    name: str = await mediator.handle_query(Name())
    wrong: str = await mediator.handle_command(Count())
    await mediator.handle_command(Name())
"""


def test_mypy_knows_what_a_command_returns(tmp_path: Path) -> None:
    """The right uses pass; a wrong result type and a query given as a command do not."""
    caller = tmp_path / "caller.py"
    caller.write_text(CALLER, encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary", str(caller)],
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line.partition(" error: ")[2] for line in checked.stdout.splitlines()]
    assert len(complaints) == 2, checked.stdout + checked.stderr
    assert 'incompatible type "Count"; expected "BaseCommand[str]"' in complaints[0]
    assert 'incompatible type "Name"; expected "BaseCommand' in complaints[1]
