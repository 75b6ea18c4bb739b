"""The file of results."""

from __future__ import annotations

from pathlib import Path

from mutants.result import StepResult, Survivor, read_rows, write_results

GONE = Survivor("app/sums.py", 3, "number", "LEAST = 1", "LEAST = 2")


def make(step: str, *survivors: Survivor) -> StepResult:
    """Make a result of four mutants."""
    return StepResult(step, 1, "2026-11-26", "2 cores", 40, 4, survivors, 12.5)


def test_score_is_the_share_that_was_noticed() -> None:
    """In percent; a step without mutants has missed none."""
    assert make("01_sums", GONE).score == 75
    assert StepResult("01_sums", 1, "2026-11-26", "2 cores", 0, 0, (), 0.0).score == 100


def test_other_steps_stay_in_the_file(tmp_path: Path) -> None:
    """Steps are measured one by one, and a later result takes the place of an earlier one."""
    path = tmp_path / "mutants.json"
    write_results(path, [make("02_more"), make("01_sums", GONE)])
    write_results(path, [make("02_more", GONE, GONE)])
    rows = read_rows(path)
    assert [(row["step"], row["killed"], row["score"]) for row in rows] == [
        ("01_sums", 3, 75),
        ("02_more", 2, 50),
    ]
    assert rows[0]["survivors"][0]["before"] == "LEAST = 1"
