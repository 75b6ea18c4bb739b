"""Every slip in an exercise is found, and told with the file and what mends it."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest

from workshop import messages
from workshop.errors import WorkshopError
from workshop.exercises.contract import check_exercise, survey
from workshop.messages import LANGUAGES

from .course import EXERCISES, TEST_SUMS, FakeCourse, task, write

Table = dict[str, Any]
FILE = "exercises/01_sums/exercise.toml"
CHALLENGE = {
    "README.en.md": "# Stretch\n",
    "README.ru.md": "# Дополнительно\n",
    "tests/test_more.py": "def test_more() -> None:\n"
    '    """More."""\n    from app.more import more\n\n    assert more() == 2\n',
    "solution/app/more.py": "def more() -> int:\n    return 2\n",
}


ENDLESS = '''from app.sums import add


def test_patience() -> None:
    """Ends once somebody can add."""
    while True:
        try:
            add(1, 1)
            break
        except NotImplementedError:
            continue
'''
ENDING = '''import os

from app.sums import add


def test_farewell() -> None:
    """Ends everything as soon as somebody can add."""
    add(1, 1)
    os._exit(3)
'''


def challenge(course: FakeCourse, **files: str) -> None:
    """Write the stretch task of step 1."""
    for path, content in {**CHALLENGE, **files}.items():
        write(course.root / "exercises/01_sums/challenge" / path, content)


def table() -> Table:
    """Copy the exercise of step 1."""
    return copy.deepcopy(EXERCISES["01_sums"])


def slips(course: FakeCourse) -> list[str]:
    """Check the contract of step 1; gives the ids of the slips, each rendered in both languages."""
    layers = course.course.layers
    notes = check_exercise(course.project, layers, layers[0])
    for language in LANGUAGES:
        messages.set_language(language)
        assert all("\n" in str(note) for note in notes), (
            "a slip says what is wrong and what mends it"
        )
        assert all("exercises/01_sums" in str(note) for note in notes)
    messages.set_language("en")
    return sorted({note.message_id for note in notes})


def test_good_exercise_holds(course: FakeCourse) -> None:
    """With its stretch task, nothing is found."""
    challenge(course)
    assert slips(course) == []


def test_survey_tells_what_to_declare(course: FakeCourse) -> None:
    """Which tests each task turns green is tried out, not guessed."""
    layers = course.course.layers
    found = survey(course.project, layers, layers[0])
    assert found["01.2"] == [
        "tests/test_sums.py::test_mean",
        "tests/test_sums.py::test_mean_of_nothing",
    ]
    assert found["together"] == []


def test_what_does_not_end_is_named(course: FakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the survey and by the contract: which test, in which tree, and where it was."""
    monkeypatch.setenv("WORKSHOP_TEST_SECONDS", "2")
    write(course.root / "steps/01_sums/tests/test_more.py", ENDLESS)
    code, said = course.run("author", "exercises", "1", "--survey", language="ru")
    assert code == 1
    assert "в начале шага tests/test_more.py::test_patience не закончился за 2" in said
    # It is between two calls of the app as often as within one.
    assert re.search(r"Выполнялось: (app/sums\.py:\d+|—)", said), said
    assert "01.1\n" not in said, "no lists that look as if they were known"
    code, said = course.run("author", "exercises", "1")
    assert code == 1
    assert "at the start of the step, tests/test_more.py::test_patience did not end in 2 s" in said


def test_process_that_ends_is_named(course: FakeCourse) -> None:
    """With the log that may say why."""
    write(course.root / "steps/01_sums/tests/test_more.py", ENDING)
    code, said = course.run("author", "exercises", "1", "--survey")
    assert code == 1
    assert "with 01.1 written, the process of the tests ended before they did" in said
    assert "pytest.log" in said


def test_start_must_fail_exactly_what_is_declared(course: FakeCourse) -> None:
    """One test too few, one too many, and one that fails for a reason that teaches nothing."""
    exercise = table()
    exercise["tasks"][1]["tests"] = ["tests/test_sums.py::test_mean"]
    exercise["tasks"][0]["tests"] += [
        "tests/test_more.py::test_always",
        "tests/test_more.py::test_odd_reason",
    ]
    course.exercise("01_sums", exercise)
    write(
        course.root / "steps/01_sums/tests/test_more.py",
        "import app.sums\n\n\ndef test_always() -> None:\n    pass\n\n\n"
        "def test_odd_reason() -> None:\n    try:\n        app.sums.add(1, 1)\n"
        "    except NotImplementedError:\n        raise KeyError('odd') from None\n",
    )
    assert slips(course) == [
        "slip-already-green",
        "slip-no-challenge",
        "slip-undeclared",
        "slip-wrong-reason",
    ]


def test_task_must_turn_exactly_its_own_green(course: FakeCourse) -> None:
    """A need that is not declared, and a test that another task turns green as well."""
    exercise = table()
    del exercise["tasks"][1]["needs"]
    swapped = exercise["tasks"][0]["tests"], exercise["tasks"][2]["tests"]
    exercise["tasks"][2]["tests"], exercise["tasks"][0]["tests"] = swapped
    course.exercise("01_sums", exercise)
    assert slips(course) == ["slip-no-challenge", "slip-task-more", "slip-task-short"]


def test_end_must_pass(course: FakeCourse) -> None:
    """A step whose own end fails is no exercise; a test that is nowhere is named."""
    exercise = table()
    exercise["tasks"][0]["tests"].append("tests/test_sums.py::test_nowhere")
    course.exercise("01_sums", exercise)
    tests = course.root / "steps/01_sums/tests/test_sums.py"
    write(tests, TEST_SUMS.replace("== 4", "== 5"))
    assert slips(course) == ["slip-end-fails", "slip-unknown-test"]


def test_start_must_be_importable(course: FakeCourse) -> None:
    """What runs on import must not be blanked: a learner would see nothing else."""
    module = course.root / "steps/01_sums/app/sums.py"
    write(module, module.read_text() + "\n\nTWO = add(1, 1)\n")
    assert slips(course) == ["slip-no-challenge", "slip-start-import"]


def test_stretch_task_is_tried_out(course: FakeCourse) -> None:
    """Its tests must fail without the solution and pass with it."""
    assert slips(course) == ["slip-no-challenge"]
    challenge(
        course,
        **{
            "tests/test_more.py": "def test_more() -> None:\n    pass\n",
            "tests/test_bad.py": "def test_bad() -> None:\n    assert False\n",
        },
    )
    assert slips(course) == ["slip-challenge-fails", "slip-challenge-green"]


def no_needs(exercise: Table) -> None:
    """Need a task that comes later."""
    exercise["tasks"][0]["needs"] = ["01.3"]


def no_russian(exercise: Table) -> None:
    """Forget a language."""
    del exercise["tasks"][0]["title"]["ru"]


def odd_hints(exercise: Table) -> None:
    """Give one language more hints."""
    exercise["tasks"][0]["hints"]["en"].append("One more.")


def wrong_id(exercise: Table) -> None:
    """Number wrongly."""
    exercise["tasks"][1]["id"] = "01.7"


def two_tasks(exercise: Table) -> None:
    """Have too few tasks."""
    exercise["tasks"].pop()


def same_test(exercise: Table) -> None:
    """List a test twice."""
    exercise["together"] = ["tests/test_sums.py::test_add"]


def no_test(exercise: Table) -> None:
    """Write something that is no test."""
    exercise["tasks"][0]["tests"] = ["test_add"]


def unknown_key(exercise: Table) -> None:
    """Misspell a key."""
    exercise["tasks"][0]["tittle"] = "x"


def no_tests(exercise: Table) -> None:
    """List nothing."""
    exercise["tasks"][0]["tests"] = []


def text_for_list(exercise: Table) -> None:
    """Write a text where a list belongs."""
    exercise["tasks"][0]["targets"] = "app/sums.py::add"


def no_targets(exercise: Table) -> None:
    """Leave a key out."""
    del exercise["tasks"][0]["targets"]


def no_definition(exercise: Table) -> None:
    """Name a definition that is not there."""
    exercise["tasks"][0]["targets"] = ["app/sums.py::nothing"]


MISTAKES: list[tuple[Callable[[Table], None], str]] = [
    (no_needs, "exercise-needs"),
    (no_russian, "exercise-language"),
    (odd_hints, "exercise-hints"),
    (wrong_id, "exercise-id"),
    (two_tasks, "exercise-count"),
    (same_test, "exercise-twice"),
    (no_test, "exercise-test-form"),
    (unknown_key, "exercise-unknown"),
    (no_tests, "exercise-empty"),
    (text_for_list, "exercise-type"),
    (no_targets, "exercise-missing"),
    (no_definition, "exercise-nothing-to-blank"),
]


@pytest.mark.parametrize(("spoil", "message"), MISTAKES, ids=[row[1] for row in MISTAKES])
def test_mistakes_in_the_file_are_named(
    course: FakeCourse, spoil: Callable[[Table], None], message: str
) -> None:
    """Before anything is run."""
    exercise = table()
    spoil(exercise)
    course.exercise("01_sums", exercise)
    layers = course.course.layers
    with pytest.raises(WorkshopError) as caught:
        check_exercise(course.project, layers, layers[0])
    assert caught.value.message_id == message
    where = "app/sums.py" if message == "exercise-nothing-to-blank" else FILE
    for language in LANGUAGES:
        messages.set_language(language)
        assert where in str(caught.value)


def test_what_another_step_owns_is_not_blanked(course: FakeCourse) -> None:
    """Else the start of a step would take away what the end of the one before had."""
    exercise = copy.deepcopy(EXERCISES["02_words"])
    tasks: Any = exercise["tasks"]
    tasks[0] = task("02.1", ["app/__init__.py::x"], ["tests/test_words.py::test_shout"])
    tasks[1] = task("02.2", ["app/words.py"], ["tests/test_words.py::test_whisper"])
    course.exercise("02_words", exercise)
    layers = course.course.layers
    found = {note.message_id for note in check_exercise(course.project, layers, layers[1])}
    assert found == {"slip-other-layer", "slip-whole-file"}
