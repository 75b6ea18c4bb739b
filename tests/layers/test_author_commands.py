"""The commands as a person runs them."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner, Result

from workshop.cli import author, why
from workshop.errors import WorkshopError

from .course import Course, tree, write


@pytest.fixture
def authored(course: Course, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Make a committed course that the commands find."""
    course.step("a", {"app/m.py": "1\n2\n3\n", "app/n.py": "1\n"})
    course.step("b", {"app/m.py": "1\n2\n3\n4\n"})
    course.step("c", {})
    course.commit()
    monkeypatch.setenv("WORKSHOP_ROOT", str(course.root))
    return course


def run(*arguments: str) -> Result:
    """Run `workshop author …`."""
    return CliRunner().invoke(author.app, arguments)


@pytest.mark.usefixtures("authored")
def test_check_prints_counts_and_is_plain_in_a_pipe() -> None:
    """One row per step and a total; no borders, nothing cut; exit 0."""
    result = run("check")
    assert result.exit_code == 0
    rows = [line.split() for line in result.output.splitlines()]
    assert ["02_b", "1", "0", "1", "0", "0", "100%"] in rows
    assert ["total", "3", "2", "1", "0", "0", "33%"] in rows
    assert result.output.isascii()


def test_a_stale_replacement_is_found_carried_up_and_found_no_more(authored: Course) -> None:
    """The way from a change in step 1 to a sound course, by the commands that are named."""
    write(authored.root / "steps/01_a/app/m.py", "0\n1\n2\n3\n")
    found = run("check")
    assert found.exit_code == 1
    assert "workshop author propagate 02" in found.output
    assert run("propagate", "02").exit_code == 0
    assert run("check").exit_code == 0
    assert "Nothing" in run("propagate").output
    assert authored.texts()["app/m.py"] == "0\n1\n2\n3\n4\n"


def test_a_conflict_fails_until_it_is_resolved(authored: Course) -> None:
    """Exit 1 with the way to finish, then 0."""
    write(authored.root / "steps/01_a/app/m.py", "1\n2\nthree\n")
    write(authored.root / "steps/02_b/app/m.py", "1\n2\nIII\n4\n")
    assert run("propagate").exit_code == 1
    assert run("check").exit_code == 1
    write(authored.root / "steps/02_b/app/m.py", "1\n2\nthree\n4\n")
    assert run("propagate").exit_code == 0
    assert run("check").exit_code == 0


@pytest.mark.parametrize("step", ["3", "03", "03_c", "step-03"])
@pytest.mark.parametrize("path", ["app/n.py", "final/app/n.py", "steps/03_c/app/n.py", "app\\n.py"])
def test_own_and_pin_take_a_step_and_a_path_as_people_type_them(
    authored: Course, step: str, path: str
) -> None:
    """Any way to name them leads to the same file."""
    assert run("own", step, path).exit_code == 0
    assert authored.layers()[2].files["app/n.py"].content == b"1\n"
    write(authored.root / "steps/03_c/app/n.py", "2\n")
    assert run("pin", step, path).exit_code == 0
    assert run("check").exit_code == 0


def test_an_unknown_step_is_the_callers_mistake(authored: Course) -> None:
    """The error names the steps that there are."""
    result = run("own", "12", "app/m.py")
    assert isinstance(result.exception, WorkshopError)
    assert result.exception.exit_code == 2
    assert "01_a, 02_b, 03_c" in str(result.exception)
    assert not (authored.root / "steps/12").exists()


def test_edit_and_save(authored: Course) -> None:
    """What the edit leaves to mend is told, but saving succeeded: exit 0."""
    opened = run("edit", "01")
    assert ".workshop/edit/01" in opened.output
    write(authored.root / ".workshop/edit/01/app/m.py", "0\n1\n2\n3\n")
    result = run("save", "01")
    assert result.exit_code == 0
    assert "steps/01_a/app/m.py" in result.output
    assert "workshop author propagate 02" in result.output
    assert "Nothing to save" in run("save", "01").output
    assert run("edit", "01", "--discard").exit_code == 0


def test_branches_and_import(authored: Course) -> None:
    """There and back without a difference."""
    made = run("branches")
    assert made.exit_code == 0
    assert "step-03" in made.output
    assert run("branches", "--force").exit_code == 0
    result = run("import")
    assert (result.exit_code, "alike" in result.output) == (0, True)
    assert authored.git("status", "--porcelain") == ""


def test_final_and_its_check(authored: Course) -> None:
    """The check fails before, names the mend, and passes after."""
    missing = run("final", "--check")
    assert missing.exit_code == 1
    assert "nox -s final" in missing.output
    assert run("final").exit_code == 0
    assert run("final", "--check").exit_code == 0
    assert set(tree(authored.root / "final")) == {"app/m.py", "app/n.py"}


def test_why_prints_the_step(authored: Course) -> None:
    """Brackets in a line of code are printed, not taken for markup."""
    write(authored.root / "steps/01_a/app/n.py", "x = a[red]b[/red]\n")
    app = typer.Typer()
    app.command()(why.why)
    result = CliRunner().invoke(app, ["app/n.py:1"])
    assert result.exit_code == 0
    assert "a[red]b[/red]" in result.output
    assert "steps/01_a/app/n.py:1" in result.output
