"""Commands of the pages work, and what they print is what the pages show.

``workshop docs record run-1`` is how a person renews an output.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import ANY

import pytest

from workshop.docs import recording
from workshop.docs.course import Course
from workshop.docs.held import conversations, keep_states, state_of, unchanged
from workshop.docs.outputs import (
    Command,
    Route,
    output_path,
    read_commands,
    read_output,
    shown_commands,
)
from workshop.docs.recording import Bench, bench, runnable, steady, store
from workshop.docs.routes import ask_routes, stale_routes
from workshop.errors import WorkshopError

from .small import Small


@pytest.fixture(scope="module")
def workbench(course: Course, has_git: None) -> Iterator[Bench]:  # noqa: ARG001 - only asked for
    """Make one checkout for all commands, with services of its own."""
    if shutil.which("curl") is None:
        pytest.skip("no curl here")
    with bench(course) as made:
        yield made


def test_every_command_of_the_pages_runs(course: Course, workbench: Bench) -> None:
    """In the order of the table; those with a steady output print what is stored.

    Some are left out: a step's tests run in that step's own session, and conversations that were
    recorded from this very code would show nothing new.
    """
    left_out = unchanged(course)
    for command in runnable(course, []):
        if command in left_out:
            continue
        for name, printed in workbench.run_all(command, "en").items():
            stored, _ = read_output(course.project, name, "en")
            assert same(command, printed, stored), f"renew it: workshop docs record {name}"


def same(command: Command, printed: str, stored: str) -> bool:
    """Compare all of a steady output; of another one, how it begins.

    What is heard of several processes at once has no order: there the line may stand anywhere.
    """
    if command.stable:
        return steady(printed) == steady(stored)
    lines, begins = steady(printed).split("\n"), steady(stored).split("\n")[0]
    return begins in lines if command.heard else lines[0] == begins


def test_every_page_shows_only_commands_of_the_table(course: Course) -> None:
    """There are some, in both languages the same."""
    known = read_commands(course.project)
    for name, page in course.pages["en"].items():
        shown = [command for _, command in shown_commands(page)]
        assert set(shown) <= known.keys(), name
        assert shown == [command for _, command in shown_commands(course.pages["ru"][name])]
    assert sum(len(shown_commands(page)) for page in course.pages["en"].values()) > 10


def test_outputs_hold_nothing_of_the_machine_they_were_made_on(course: Course) -> None:
    """No temporary folder, no terminal codes."""
    for path in (course.project.root / "docs/outputs").rglob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "/tmp/" not in text, path  # noqa: S108 - a text to look for
        assert "\x1b" not in text, path


def test_the_routes_are_those_of_the_app(course: Course) -> None:
    """Told by the app itself, wherever its code is not the code that told them last."""
    stale = [layer.name for layer in course.layers if stale_routes(course, layer.number)]
    assert stale == [], "renew them: workshop docs record routes"


def test_the_app_is_asked_for_its_routes(course: Course) -> None:
    """The newest step's, whatever is stored."""
    assert Route("GET", "/health/live", ANY) in ask_routes(course, len(course.layers))


def test_times_and_identifiers_do_not_make_an_output_new() -> None:
    """Else every run would change the files."""
    first = "63 passed in 17.52s\nCreate … 3.7 s\npassword abc\nid 0123abcd4567\n"
    second = "63 passed in 1.02s\nCreate … 0.1 s\npassword xyz\nid fedcba987654\n"
    first += "14:12:49.123 info duration_ms=31.8\n"
    second += "04:42:30.544 info duration_ms=2.0\n"
    first += '"created_at": "2026-11-25T08:49:33.774791Z"\n'
    second += '"created_at": "2026-11-26T05:11:25.163722Z"\n'
    assert steady(first) == steady(second)
    assert steady("63 passed in 1.0s") != steady("62 passed in 1.0s")


def test_a_stored_output_changes_only_when_it_says_something_new(small: Small) -> None:
    """The file keeps its old durations."""
    path = output_path(small.project, "run", "en", spoken=True)
    assert store(small.project, path, "a 1.0 s\n").message_id == "docs-recorded"
    assert store(small.project, path, "a 2.0 s\n").message_id == "docs-recorded-same"
    assert path.read_text(encoding="utf-8") == "a 1.0 s\n"
    assert store(small.project, path, "b 2.0 s\n").message_id == "docs-recorded"


def test_a_command_that_fails_is_told_with_its_output(small: Small, has_git: None) -> None:  # noqa: ARG001 - only asked for
    """What it said, and where its row is."""
    failing = Command("x", ("python", "-c", "print('why'); raise SystemExit(3)"))
    with bench(small.course) as made, pytest.raises(WorkshopError, match="why") as caught:
        made.run(failing, "en")
    assert "3" in str(caught.value)


def test_a_command_that_never_gets_ready_is_told(small: Small, has_git: None) -> None:  # noqa: ARG001 - as above
    """It ended instead of staying."""
    ending = Command("x", ("python", "-c", "print('bye')"), until="ready")
    with bench(small.course) as made, pytest.raises(WorkshopError, match="bye"):
        made.run(ending, "en")


def test_a_command_without_an_end_is_told(
    small: Small,
    has_git: None,  # noqa: ARG001 - as above
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With what it has said, and what an author can do."""
    monkeypatch.setattr(recording, "PATIENCE", 1.0)
    script = "import time; print('begun', flush=True); time.sleep(60)"
    endless = Command("x", ("python", "-c", script))
    with bench(small.course) as made, pytest.raises(WorkshopError, match="begun") as caught:
        made.run(endless, "en")
    assert "slow" in str(caught.value)


def test_what_is_slow_is_recorded_only_by_name(course: Course) -> None:
    """A session of half an hour is not begun by somebody who renews all that has changed."""
    (crash,) = (command for command in runnable(course, ["crash"]) if command.slow)
    assert crash not in runnable(course, [])
    assert runnable(course, [])


def test_an_unknown_output_is_named_with_the_known_ones(course: Course) -> None:
    """A misspelt name records nothing."""
    with pytest.raises(WorkshopError, match="run-1"):
        runnable(course, ["run-one"])


def test_what_a_command_needs_runs_before_it(course: Course) -> None:
    """Recording one output starts the app that it asks, and says first what was said before."""
    shown = [command.shown for command in runnable(course, ["curl-ready"])]
    assert shown[0] == "workshop run 2"
    assert shown[-1].endswith("/health/ready")
    assert not any("auth" in command for command in shown)
    needed = [command.shown for command in runnable(course, ["log-reuse"])]
    assert needed[0] == "workshop run 4"
    assert any(command.startswith("REFRESH=") for command in needed)


def test_a_conversation_keeps_variables_and_hears_the_app(small: Small, has_git: None) -> None:  # noqa: ARG001 - only asked for
    """What a command prints is there for the next one; what the app says meanwhile is kept."""
    script = "import time; print('old'); print('ready', flush=True); time.sleep(2); print('new')"
    app = 'arguments = ["python", "-u", "-c", """' + script + '; time.sleep(60)"""]'
    small.write(
        "docs/commands.toml",
        f"[[command]]\nshown = 'app'\nstep = 1\n{app}\nuntil = 'ready'\n\n"
        "[[command]]\nshown = 'WORD=$(echo word)'\ncontinues = true\n\n"
        "[[command]]\nshown = 'echo $WORD'\noutput = 'echo'\n"
        "heard = 'log'\nhears = 'new'\ncontinues = true\n",
    )
    with bench(small.course) as made:
        said = [made.run_all(command, "en") for command in runnable(small.course, ["log"])]
    assert said == [{}, {}, {"echo": "word\n", "log": "new\n"}]


def test_tokens_are_cut_short(small: Small, has_git: None) -> None:  # noqa: ARG001 - as above
    """A recorded answer lets nobody in, and is short enough to be read."""
    jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
    with bench(small.course) as made:
        cleaned = made.clean(
            f'{{"access_token": "{jwt}", "refresh_token": "{"x" * 22}.{"y" * 43}"}}'
        )
    assert cleaned == '{"access_token": "eyJhbGciOiJIUzI…", "refresh_token": "xxxxxxxxxxxx…"}\n'


TALKS = """
[[command]]
shown = "workshop start 1"
step = 1

[[command]]
shown = "curl one"
output = "one"
continues = true

[[command]]
shown = "workshop run 2"
step = 2
until = "ready"

[[command]]
shown = "curl two"
output = "two"
continues = true
"""


def held(small: Small) -> list[str]:
    """Name the commands that need not run."""
    return [command.shown for command in unchanged(small.course)]


def test_a_conversation_is_held_again_only_after_a_change(small: Small) -> None:
    """Of the app, of an exercise, of a command or of what was stored; the first app always is."""
    small.write("docs/commands.toml", TALKS)
    small.write("docs/outputs/one.txt", "1\n")
    assert held(small) == []
    changes = {
        "steps/01_base/app/model.py": "A = 1\n",
        "exercises/01_base/exercise.toml": "x = 1\n",
        "steps/01_base/requirements.txt": "fastapi==2.0 \\\n    --hash=x\n",
        "docs/commands.toml": TALKS.replace("curl one", "curl another"),
        "docs/outputs/one.txt": "2\n",
    }
    small.write("steps/01_base/requirements.in", "FastAPI[all]>=1\n")
    small.write("steps/01_base/requirements.txt", "fastapi==1.0 \\\n    --hash=x\n")
    for path, text in changes.items():
        keep_states(small.course, ["one", "two"])
        assert [shown.split()[0] for shown in held(small)] == ["workshop", "curl"]
        small.write(path, text)
        assert held(small) == [], path
    keep_states(small.course, ["one"])
    pins = "fastapi==2.0 \\\n    --hash=x\ntaskiq==1.0\n"  # a later step's
    small.write("steps/01_base/requirements.txt", pins)
    small.write("steps/02_more/app/more.py", "MORE = 2\n")
    assert len(held(small)) == 2


def test_tests_are_no_part_of_what_an_app_says(small: Small) -> None:
    """They are of what a learner's check says."""
    talks = TALKS.replace('start 1"\nstep = 1', 'run 1"\nstep = 1\nuntil = "ready"')
    for table, left_out in ((talks, 2), (TALKS, 0)):
        small.write("docs/commands.toml", table)
        small.write("steps/01_base/tests/test_model.py", "A = 1\n")
        keep_states(small.course, ["one", "two"])
        assert len(held(small)) == 2
        small.write("steps/01_base/tests/test_model.py", "A = 2\n")
        assert len(held(small)) == left_out


def test_half_a_recording_proves_nothing(small: Small) -> None:
    """Every output of a conversation must have been stored."""
    small.write("docs/commands.toml", TALKS.replace('"one"', '"one"\nheard = "log"'))
    keep_states(small.course, ["one"])
    assert held(small) == []
    keep_states(small.course, ["one", "log"])
    assert len(held(small)) == 2


def test_words_of_the_tool_belong_to_what_it_prints(course: Course) -> None:
    """Where an output depends on the language, another wording is another output."""
    talks = conversations(course.project)
    spoken = talks["workshop run 1"]
    assert spoken[0].spoken
    silent = [replace(command, spoken=False) for command in spoken]
    assert state_of(course, spoken) != state_of(course, silent)
