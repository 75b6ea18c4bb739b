"""From what a person writes to plain Markdown."""

from __future__ import annotations

import pytest

from workshop.docs.changes import changes_markdown
from workshop.docs.facts import dependencies, migrations, settings
from workshop.docs.preparing import prepare
from workshop.errors import WorkshopError

from .small import Small


def test_a_snippet_shows_its_path_and_its_origin(small: Small) -> None:
    """The reader sees which file it is, and which step wrote it."""
    page = small.page()
    assert '```python title="app/model.py"\nclass Base:' in page
    assert "Step 01 adds this file. [Whole file](../changes/01_base.md#file-app-model-py)" in page


def test_a_snippet_speaks_the_language_of_its_page(small: Small) -> None:
    """The code is the same."""
    page = small.page("ru")
    assert "class Base:" in page
    assert "Файл появляется на шаге 01." in page


def test_a_later_step_can_be_named(small: Small) -> None:
    """A page may look ahead."""
    small.edit("en", "::: code app/model.py::Base", "::: code .env.example step=02")
    assert "COUNT=5" in small.page()
    assert "Step 02 appends to this file." in small.page()


@pytest.mark.parametrize(
    ("line", "needle"),
    [
        ("::: code app/model.py::Bass", "Base"),
        ("::: code app/model.py::Base step=07", "step 07"),
        ("::: code app/model.py::Base step=x", "option"),
        ("::: code", "one target"),
        ("::: cod app/model.py", "Known"),
        ("::: output nothing", "docs/commands.toml"),
        ("::: message no-such", "no message"),
        ("::: tasks 01", "takes nothing"),
    ],
)
def test_a_directive_that_cannot_be_filled_in_names_file_and_line(
    small: Small, line: str, needle: str
) -> None:
    """The build stops; the writer goes straight to the place."""
    small.edit("en", "::: code app/model.py::Base", line)
    with pytest.raises(WorkshopError) as caught:
        small.page()
    assert "docs/en/steps/01_base.md:9" in str(caught.value)
    assert needle in str(caught.value)


def test_a_snippet_that_nobody_would_read_is_refused(small: Small) -> None:
    """A whole long file in the middle of prose."""
    small.write("steps/01_base/app/model.py", "A = 1\n" * 81)
    small.edit("en", "::Base", "")
    with pytest.raises(WorkshopError, match="81 lines"):
        small.page()


def test_a_fence_inside_the_code_does_not_end_it(small: Small) -> None:
    """A docstring may hold Markdown."""
    small.write("steps/01_base/app/model.py", 'class Base:\n    """```\n    x\n    ```"""\n')
    assert "````python" in small.page()


def test_russian_headings_have_english_anchors(small: Small) -> None:
    """One link works in both languages."""
    assert "## Код { #code }" in small.page("ru")
    assert "## Code { #code }" in small.page("en")


def test_equal_headings_get_different_anchors(small: Small) -> None:
    """Else a link would lead to the first."""
    for language, heading in (("en", "## Code"), ("ru", "## Код")):
        small.edit(language, heading, f"{heading}\n\nX.\n\n{heading}")
    assert "{ #code-2 }" in small.page("ru")


def test_headings_and_directives_inside_a_fence_are_text(small: Small) -> None:
    """A page may show how pages are written."""
    small.edit("en", "The lead.", "```markdown\n# No heading\n::: code nothing\n```")
    assert "# No heading\n::: code nothing\n" in small.page()


def test_what_changed_lists_files_settings_and_contents(small: Small) -> None:
    """Only what the step itself brings."""
    course = small.course
    page = changes_markdown(course, course.layers[1], "en")
    assert "> .env.example" in page
    assert "+   more.py" in page
    assert "| `COUNT` | `5` | How many. |" in page
    assert "`NAME`" not in page
    assert '<span id="file-app-more-py"></span>' in page


def test_what_changed_shows_a_replaced_file_as_a_diff(small: Small) -> None:
    """With the lines around."""
    small.write("steps/02_more/app/model.py", "class Base:\n    level = 2\n")
    course = small.course
    page = changes_markdown(course, course.layers[1], "ru")
    assert "~   model.py" in page
    assert "-    level = 1" in page
    assert "+    level = 2" in page


def test_facts_are_read_from_the_files(small: Small) -> None:
    """Comments belong to the variables below them; nothing is imported."""
    small.write("steps/01_base/.env.example", "# Head.\n\n# Sizes.\nA=1\nB=2\n# Off.\n# C=3\n")
    small.write("steps/01_base/requirements.in", "-r other.in\nSQLAlchemy[asyncio]>=2  # ORM\n")
    revision = '"""Make it.\n\nMore."""\n\nrevision: str = "0001"\n'
    small.write("steps/01_base/migrations/versions/0001_make.py", revision)
    composition = small.course.end_of(1)
    found = [(one.name, one.example, one.comment) for one in settings(composition).values()]
    assert found == [("A", "1", "Sizes."), ("B", "2", "Sizes."), ("C", "3", "Off.")]
    (package,) = dependencies(composition).values()
    assert (package.name, package.reason) == ("sqlalchemy", "ORM")
    (migration,) = migrations(composition).values()
    assert (migration.revision, migration.title) == ("0001", "Make it.")


def test_preparing_again_touches_nothing_that_is_right(small: Small) -> None:
    """A server that watches the files must not be woken for nothing; what is gone goes."""
    pages = small.root / "pages"
    prepare(small.course, pages)
    home = pages / "en" / "index.md"
    before = home.stat().st_mtime_ns
    (pages / "en" / "old.md").write_text("old", encoding="utf-8")
    prepare(small.course, pages)
    assert home.stat().st_mtime_ns == before
    assert not (pages / "en" / "old.md").exists()
    assert "[Step 01](steps/01_base/): The lead." in (pages / "en/llms.txt").read_text("utf-8")


EXERCISE = """
[[tasks]]
id = "01.1"
targets = ["app/model.py::Base.save"]
tests = ["tests/test_model.py"]
[tasks.title]
en = "Keep it"
ru = "Сохранить"
[tasks.goal]
en = "Keep `__it__` for *ever*."
ru = "Сохраните `__it__` *навсегда*."
[tasks.hints]
en = ["Think.", "self.__it__ = 1"]
ru = ["Подумайте.", "self.__it__ = 1"]
"""


def test_tasks_come_from_the_exercise(small: Small) -> None:
    """With folded hints; signs of Markdown in them are only signs."""
    more = EXERCISE.replace("01.1", "01.2").replace("tests/test_model", "tests/test_more")
    more = more.replace("targets", 'needs = ["01.1"]\ntargets').replace("Base.save", "NAMES")
    most = EXERCISE.replace("01.1", "01.3").replace("tests/test_model", "tests/test_most")
    most = most.replace("Base.save", "Base.level")
    small.write("exercises/01_base/exercise.toml", EXERCISE + more + most)
    small.write("exercises/01_base/challenge/README.en.md", '# A "stretch"\n\nPurge.\n')
    small.edit("en", "::: code app/model.py::Base", "::: tasks")
    page = small.page()
    assert "`workshop start 1`" in page
    assert "](../learn.md)" in page
    assert '??? example "01.1 Keep it"\n\n    Keep `__it__` for \\*ever\\*.' in page
    assert "You write `app/model.py::Base.save`." in page
    assert '    ??? tip "Hint 2 of 2"\n\n        self.\\_\\_it\\_\\_ = 1' in page
    assert "Comes after 01.1." in page
    assert '??? abstract "A \\"stretch\\""\n\n    Purge.' in page


def test_a_step_without_tasks_says_so(small: Small) -> None:
    """In the language of its page."""
    small.edit("ru", "::: code app/model.py::Base", "::: tasks")
    assert "Заданий на этом шаге нет" in small.page("ru")
