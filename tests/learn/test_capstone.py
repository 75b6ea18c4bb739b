"""The task after the last step: laid as that step ends, checked from outside, stage by stage."""

from __future__ import annotations

import pytest

from workshop.errors import WorkshopError
from workshop.exercises.capstone import capstone_slips, read_capstone
from workshop.layers import LayerFile
from workshop.messages import LANGUAGES, set_language

from .course import FakeCourse, task, write

STAGES = """
[[stages]]
tests = ["tests/capstone/test_orders.py"]
page = "capstone.md"
title = {en = "Orders", ru = "Заказы"}
goal = {en = "There are two.", ru = "Их два."}

[[stages]]
tests = ["tests/capstone/test_end.py"]
page = "capstone.md"
title = {en = "The end", ru = "Конец"}
goal = {en = "It knows of orders.", ru = "Он знает про заказы."}
"""
TEST_ORDERS = '''def test_orders() -> None:
    """Orders are counted."""
    from importlib.util import find_spec

    assert find_spec("app.orders") is not None
    from app.orders import ORDERS

    assert ORDERS == 2
'''
TEST_END = '''def test_end() -> None:
    """The end tells."""
    from app.last import END

    assert END == "end of orders"
'''
PATCH = '''diff --git a/app/last.py b/app/last.py
--- a/app/last.py
+++ b/app/last.py
@@ -2,2 +2,2 @@
{blank}
-END = "end"
+END = "end of orders"
diff --git a/tests/test_last.py b/tests/test_last.py
--- a/tests/test_last.py
+++ b/tests/test_last.py
@@ -5,2 +5,2 @@ def test_end() -> None:
     """End."""
-    assert END == "end"
+    assert END.startswith("end")
'''.format(blank=" ")
PARTS = {
    "README.en.md": "# Build it\n",
    "README.ru.md": "# Постройте\n",
    "stages.toml": STAGES,
    "registration.patch": PATCH,
    "tests/test_orders.py": TEST_ORDERS,
    "tests/test_end.py": TEST_END,
    "solution/app/orders.py": "ORDERS = 2\n",
}


def lay_capstone(course: FakeCourse, **files: str) -> None:
    """Write the capstone of the course."""
    for path, content in {**PARTS, **files}.items():
        write(course.root / "exercises/capstone" / path, content)
    for language in LANGUAGES:
        write(course.root / "docs" / language / "capstone.md", "# A new module\n")


def lay_blanks(course: FakeCourse) -> None:
    """Let the last step have tasks, so that its start is not its end."""
    names = ("BEGIN", "MIDDLE", "END")
    lines = "".join(f'{name} = "{name.lower()}"\n' for name in names)
    write(course.root / "steps/03_last/app/last.py", f'"""The end."""\n\n{lines}')
    tasks = [
        task(f"03.{number}", [f"app/last.py::{name}"], [f"tests/test_last.py::test_{name.lower()}"])
        for number, name in enumerate(names, start=1)
    ]
    course.exercise("03_last", {"tasks": tasks})


def solve(course: FakeCourse, path: str, content: str) -> None:
    """Write a file of the learner's app."""
    write(course.workspace.root / path, content)


def slips(course: FakeCourse) -> set[str]:
    """Check the contract; gives the ids of what is found, each rendered in both languages."""
    notes = list(capstone_slips(course.project, course.course.layers))
    for language in LANGUAGES:
        set_language(language)
        assert all("\n" in str(note) for note in notes)
    set_language("en")
    return {note.message_id for note in notes}


def test_capstone_begins_at_the_end_of_the_last_step(course: FakeCourse) -> None:
    """Nothing is blank, the text is in the learner's language, and the work before is safe."""
    lay_capstone(course)
    course.run("start", "1")
    write(course.workspace.root / "app/sums.py", "MINE = 1\n")
    code, said = course.run("start", "capstone", language="ru")
    assert code == 0
    assert "# Постройте" in said
    assert "workshop undo" in said
    assert (course.workspace.root / "app/last.py").exists()
    assert "NotImplementedError" not in (course.workspace.root / "app/sums.py").read_text()
    course.run("undo")
    assert (course.workspace.root / "app/sums.py").read_text() == "MINE = 1\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_knows_that_the_learner_is_there(course: FakeCourse, language: str) -> None:
    """Neither the tasks of the last step nor its blanks come back."""
    lay_capstone(course)
    lay_blanks(course)
    course.run("start", "capstone")
    for command in ("hint", "solution", "status"):
        _, said = course.run(command, language=language)
        assert "workshop check --capstone" in said
        assert "workshop next" not in said
    last = course.workspace.root / "app/last.py"
    end = last.read_text()
    _, said = course.run("diff", language="en")
    assert "do not differ" in said
    last.write_text("MINE = 1\n")
    course.run("reset", "app/last.py")
    assert last.read_text() == end


def test_course_that_changes_brings_no_blanks(course: FakeCourse) -> None:
    """An update merges what is new into the end of the last step."""
    lay_capstone(course)
    lay_blanks(course)
    course.run("start", "capstone")
    own = course.workspace.root / "app/orders.py"
    own.write_text("ORDERS = 1\n")
    changed = course.root / "steps" / course.course.layers[-1].name / "app/last.py"
    changed.write_text(changed.read_text() + "MORE = 1\n")
    code, said = course.run("update")
    assert code == 0, said
    after = (course.workspace.root / "app/last.py").read_text()
    assert after == changed.read_text()
    assert own.read_text() == "ORDERS = 1\n"
    assert "workshop check --capstone" in course.run("status")[1]


def test_capstone_is_checked_on_the_learners_code(course: FakeCourse) -> None:
    """Stage by stage, up to the first that is left; then it is done."""
    lay_capstone(course)
    course.run("start", "capstone")
    code, said = course.run("check", "--capstone")
    assert code == 1
    assert "exercises/capstone/README.en.md" in said
    assert "✗ 1 Orders" in said
    assert "· 2 The end" in said
    solve(course, "app/orders.py", "ORDERS = 2\n")
    code, said = course.run("check", "--capstone")
    assert code == 1
    assert "✓ 1 Orders" in said
    assert "✗ 2 The end" in said
    solve(course, "app/last.py", 'END = "end of orders"\n')
    code, said = course.run("check", "--capstone")
    assert code == 0
    assert "✗" not in said


@pytest.mark.parametrize(("language", "goal"), [("en", "There are two."), ("ru", "Их два.")])
def test_first_failure_is_explained(course: FakeCourse, language: str, goal: str) -> None:
    """In the learner's language: the goal of the stage, what the test expects, what to read."""
    lay_capstone(course)
    course.run("start", "capstone")
    solve(course, "app/orders.py", "ORDERS = 3\n")
    code, said = course.run("check", "--capstone", language=language)
    assert code == 1
    assert goal in said
    assert "Orders are counted." in said
    assert "assert 3 == 2" in said
    assert "test_orders\n" in said
    assert "exercises/capstone/tests/test_orders.py:8" in said
    assert f"docs/{language}/capstone.md" in said
    assert "workshop hint" not in said
    assert "workshop solution" not in said


def test_module_that_python_cannot_read_is_named(course: FakeCourse) -> None:
    """A new file of the learner's is read before the tests are."""
    lay_capstone(course)
    course.run("start", "capstone")
    solve(course, "app/orders.py", "ORDERS = (\n")
    code, said = course.run("check", "--capstone")
    assert code == 1
    assert "workspace/app/orders.py:1" in said


def test_capstone_waits_for_the_last_step(course: FakeCourse) -> None:
    """Whoever is not there yet is told how to get there."""
    lay_capstone(course)
    course.run("start", "1")
    code, said = course.run("check", "--capstone")
    assert code == 2
    assert "workshop start capstone" in said


def test_course_without_a_capstone_says_so(course: FakeCourse) -> None:
    """An old checkout may have none."""
    code, said = course.run("start", "capstone")
    assert code == 2
    assert "git pull" in said
    course.run("start", "3")
    code, said = course.run("check", "--capstone")
    assert code == 2
    assert "git pull" in said


def test_good_capstone_holds(course: FakeCourse) -> None:
    """Its solution lies over the last step, and with it everything else holds as well."""
    lay_capstone(course)
    assert slips(course) == set()
    code, said = course.run("author", "exercises", "capstone")
    assert code == 0
    assert "capstone" in said


def test_capstone_is_tried_out(course: FakeCourse) -> None:
    """Its tests must fail without the solution and pass with it, and everything else as well."""
    lay_capstone(
        course,
        **{
            "tests/test_orders.py": "def test_green() -> None:\n    pass\n",
            "registration.patch": PATCH.replace('+END = "end of orders"', '+END = "broken"'),
        },
    )
    assert slips(course) == {"slip-challenge-green", "slip-challenge-fails"}


def test_slips_of_a_capstone_are_found(course: FakeCourse) -> None:
    """A test in no stage, a page that is gone, a copy of the course's file, a useless failure."""
    lay_capstone(
        course,
        **{
            "stages.toml": STAGES.replace('page = "capstone.md"', 'page = "gone.md"'),
            "tests/test_more.py": 'def test_more() -> None:\n    {}["orders"]\n',
            "solution/app/words.py": "WORDS = 1\n",
        },
    )
    assert slips(course) == {
        "slip-capstone-page",
        "slip-capstone-reason",
        "slip-capstone-replaces",
        "slip-capstone-stage",
        "slip-challenge-fails",
    }


def test_patch_follows_the_course(course: FakeCourse) -> None:
    """What the course changes elsewhere in a file stays, also when the lines have moved."""
    lay_capstone(course)
    capstone = read_capstone(course.project)
    assert capstone is not None
    end = course.course.end(3)
    changed = b'"""The end."""\n\nMORE = 1\n\n\n# more\n\nEND = "end"\n'
    solved = capstone.solve({**end, "app/last.py": LayerFile(changed)})
    assert solved["app/last.py"].content == changed.replace(b'"end"', b'"end of orders"')
    assert solved["app/orders.py"].content == b"ORDERS = 2\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_patch_that_does_not_fit_is_named(course: FakeCourse, language: str) -> None:
    """Authors learn which file has changed, not that a test fails."""
    lay_capstone(course)
    write(course.root / "steps/03_last/app/last.py", '"""The end."""\n\nEND = "another"\n')
    code, said = course.run("author", "exercises", "capstone", language=language)
    assert code == 1
    assert "registration.patch" in said
    assert "app/last.py" in said


@pytest.mark.parametrize(
    ("stages", "problem"),
    [
        ("[[stages]]\nhints = 1\n", "exercise-unknown"),
        (STAGES.replace(', ru = "Заказы"', ""), "exercise-language"),
        (STAGES.replace("test_end.py", "test_orders.py"), "exercise-twice"),
        (STAGES.replace('page = "capstone.md"\n', ""), "exercise-missing"),
    ],
)
def test_mistakes_in_the_stages_are_named(course: FakeCourse, stages: str, problem: str) -> None:
    """As in ``exercise.toml``."""
    lay_capstone(course, **{"stages.toml": stages})
    with pytest.raises(WorkshopError) as caught:
        read_capstone(course.project)
    assert caught.value.message_id == problem
    assert "exercises/capstone/stages.toml" in str(caught.value)


def test_capstone_without_stages_is_named(course: FakeCourse) -> None:
    """The check could not say how far one is."""
    lay_capstone(course)
    (course.root / "exercises/capstone/stages.toml").unlink()
    with pytest.raises(WorkshopError, match=r"capstone/stages\.toml"):
        read_capstone(course.project)
