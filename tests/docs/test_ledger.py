"""Both languages say the same, or the build says where not.

The commands are those of a person: ``workshop docs confirm steps/01_database.md``.
"""

from __future__ import annotations

import pytest

from workshop.docs.checks import check, confirm
from workshop.errors import WorkshopError

from .small import Small

PAGE = "steps/01_base.md"


def test_a_confirmed_page_is_in_order(small: Small) -> None:
    """The course that the other tests break."""
    assert small.problems() == []


@pytest.mark.parametrize(
    ("language", "old", "problem"),
    [("en", "The lead.", "docs-stale-ru"), ("ru", "Вступление.", "docs-stale-en")],
)
def test_a_change_in_one_language_makes_the_other_stale(
    small: Small, language: str, old: str, problem: str
) -> None:
    """Either language may be the source; both places are named."""
    small.edit(language, old, "New.")
    (note,) = check(small.course)
    assert note.message_id == problem
    assert "docs/en/steps/01_base.md:1" in str(note)
    assert "docs/ru/steps/01_base.md:1" in str(note)
    assert f"workshop docs confirm {PAGE}" in str(note)


def test_a_change_in_both_languages_still_has_to_be_confirmed(small: Small) -> None:
    """Two edits of one section need not be the same edit."""
    small.edit("en", "The lead.", "New.")
    small.edit("ru", "Вступление.", "Новое.")
    assert small.problems() == ["docs-stale-both"]
    confirm(small.course, PAGE)
    assert small.problems() == []


def test_only_the_changed_section_is_stale(small: Small) -> None:
    """Not the whole page."""
    small.edit("en", "Look at", "See")
    (note,) = check(small.course)
    assert "“Code”" in str(note)


def test_spaces_at_line_ends_change_nothing(small: Small) -> None:
    """An editor may strip them."""
    small.edit("en", "The lead.", "The lead.   ")
    assert small.problems() == []


def test_a_page_can_be_named_by_its_file(small: Small) -> None:
    """Whichever way a person has it on the screen; an unknown one is refused."""
    small.edit("en", "The lead.", "New.")
    note = confirm(small.course, "docs/ru/steps/01_base.md")
    assert note.message_id == "docs-confirmed"
    assert confirm(small.course, "steps/01_base").message_id == "docs-confirmed-before"
    with pytest.raises(WorkshopError, match="no page"):
        confirm(small.course, "steps/09_none")


def test_a_new_page_has_to_be_confirmed(small: Small) -> None:
    """In both languages, and once."""
    small.write("docs/en/new.md", "# New\n")
    assert small.problems() == ["docs-page-missing"]
    small.write("docs/ru/new.md", "# Новое\n")
    assert small.problems() == ["docs-unconfirmed"]


def test_a_page_that_is_gone_leaves_the_ledger_with_the_next_confirmation(small: Small) -> None:
    """Until then it is named."""
    for language in ("en", "ru"):
        (small.root / "docs" / language / "index.md").unlink()
    assert small.problems() == ["docs-ledger-page"]
    small.edit("en", "The lead.", "New.")
    confirm(small.course, PAGE)
    assert small.problems() == []


def test_a_ledger_with_merge_marks_is_named(small: Small) -> None:
    """Git may leave it so."""
    small.write("docs/ledger.json", "<<<<<<< ours\n")
    with pytest.raises(WorkshopError, match=r"ledger\.json"):
        small.problems()


@pytest.mark.parametrize(
    ("language", "old", "new", "problem"),
    [
        ("ru", "## Код", "### Код", "docs-headings-level"),
        ("ru", "## Код", "## Код\n\n## Ещё", "docs-headings-extra"),
        ("en", "## Code", "## Code { #x }", "docs-anchor-differs"),
        ("ru", "(../index.md)", "(01_base.md)", "docs-item-differs"),
        ("ru", "::Base", "::Base.save", "docs-item-differs"),
        ("ru", "!!! note", "!!! tip", "docs-item-differs"),
        ("en", "The lead.", "```text\nx\n```", "docs-item-count"),
        ("en", "The lead.", "| a |\n|---|", "docs-item-count"),
        ("ru", "Вступление.", "![x](x.png)", "docs-item-count"),
    ],
)
def test_structure_must_be_the_same(
    small: Small, language: str, old: str, new: str, problem: str
) -> None:
    """Headings, anchors, links, snippets, admonitions, blocks, tables and images."""
    small.edit(language, old, new)
    assert problem in small.problems()
    with pytest.raises(WorkshopError, match="structure"):
        confirm(small.course, PAGE)


def test_words_of_a_diagram_may_differ_but_not_its_shape(small: Small) -> None:
    """Labels are translated, arrows are not."""
    diagram = '```mermaid\nflowchart LR\n    a["{0}"] -->|{0}| b\n```'
    small.edit("en", "The lead.", diagram.format("one"))
    small.edit("ru", "Вступление.", diagram.format("раз"))
    confirm(small.course, PAGE)
    small.edit("ru", "| b", "| c")
    assert "docs-item-differs" in small.problems()


def test_links_may_come_in_another_order(small: Small) -> None:
    """Word order is a matter of the language."""
    small.edit("en", "The lead.", "[home](../index.md), [step](01_base.md)")
    small.edit("ru", "Вступление.", "[шаг](01_base.md), [начало](../index.md)")
    confirm(small.course, PAGE)
    assert small.problems() == []


@pytest.mark.parametrize("language", ["python", "py"])
def test_pasted_python_is_refused(small: Small, language: str) -> None:
    """Three lines are an example, four are code that nobody runs."""
    for page in ("en", "ru"):
        lead = "The lead." if page == "en" else "Вступление."
        small.edit(page, lead, f"```{language}\na\nb\nc\nd\n```")
    confirm(small.course, PAGE)
    assert small.problems() == ["docs-pasted"] * 2


def test_a_snippet_inside_a_fence_is_reported(small: Small) -> None:
    """It would stay as it is, and nobody would notice."""
    for page, lead in (("en", "The lead."), ("ru", "Вступление.")):
        small.edit(page, lead, "```text\n::: code app/model.py\n```")
    confirm(small.course, PAGE)
    assert small.problems() == ["docs-fenced"] * 2


def test_every_problem_is_told_in_both_languages(small: Small) -> None:
    """No message fails to render, whichever language is in force."""
    from workshop.messages import set_language  # noqa: PLC0415 - beside its only use

    small.edit("ru", "::Base", "::Base.save")
    small.edit("en", "The lead.", "```console\n$ nothing\n```")
    small.write("docs/en/new.md", "# New\n")
    for language in ("en", "ru"):
        set_language(language)
        told = [str(note) for note in check(small.course)]
        assert len(told) == 6
        assert all("\n" in line for line in told), told
