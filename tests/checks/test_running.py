"""Jobs run side by side, stop at the first failure, and keep what was printed."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest

from workshop.checks import Job, Outcome, run_jobs
from workshop.checks.jobs import Command
from workshop.checks.result import write_outcomes
from workshop.checks.running import environment_of, locate
from workshop.errors import WorkshopError
from workshop.messages import set_language

from .conftest import MakeBusy, MakeJob

TESTS = '''"""Three tests."""
import pytest


def test_one() -> None:
    pass


def test_two() -> None:
    assert False


@pytest.mark.skip(reason="to be counted")
def test_three() -> None:
    pass
'''


def run(*jobs: Job, logs: Path, addresses: dict[str, str] | None = None) -> list[Outcome]:
    """Run jobs and check that the progress hears of each."""
    heard: list[Outcome] = []
    outcomes = run_jobs(jobs, addresses or {}, logs, heard.append)
    assert sorted(outcome.job.name for outcome in heard) == sorted(job.name for job in jobs)
    return outcomes


def test_outcomes_come_in_the_order_of_the_jobs(make_job: MakeJob, tmp_path: Path) -> None:
    """Whichever ends first."""
    slow = make_job("slow", "import time; time.sleep(0.3)")
    outcomes = run(slow, make_job("quick", "pass"), logs=tmp_path / "logs")
    assert [(outcome.job.name, outcome.passed) for outcome in outcomes] == [
        ("slow", True),
        ("quick", True),
    ]


def test_jobs_run_side_by_side(make_job: MakeJob, tmp_path: Path) -> None:
    """Two jobs that wait for each other both end."""
    meet = (
        "import pathlib, time; pathlib.Path('{me}').touch();"
        "deadline = time.monotonic() + 30\n"
        "while not pathlib.Path('{other}').exists(): assert time.monotonic() < deadline"
    )
    jobs = (
        make_job("a", meet.format(me="a", other="b")),
        make_job("b", meet.format(me="b", other="a")),
    )
    if all(outcome.passed for outcome in run(*jobs, logs=tmp_path / "logs")):
        return
    pytest.fail("the jobs ran one after the other")


def test_a_job_stops_at_its_first_failure(make_job: MakeJob, tmp_path: Path) -> None:
    """The failed command is named, its output kept, and what comes after it does not run."""
    job = make_job("sad", "print('first')", "print('Ошибка'); raise SystemExit(3)", "print('no')")
    (outcome,) = run(job, logs=tmp_path / "logs")
    assert outcome.failed_command is job.commands[1]
    assert outcome.log.read_text(encoding="utf-8").split() == ["first", "Ошибка"]


@pytest.mark.skipif(os.name == "nt", reason="Windows does not tell of children")
def test_seconds_of_the_processor_are_counted(make_job: MakeJob, tmp_path: Path) -> None:
    """Of the program and of those that it waits for; waiting is none."""
    work = "import time\nwhile time.process_time() < 0.5: pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"
    busy, idle = run(
        make_job("busy", parent, parent),
        make_job("idle", "import time; time.sleep(1)"),
        logs=tmp_path / "logs",
    )
    assert busy.processor_seconds >= 1 > idle.processor_seconds


def test_what_was_taken_is_written(make_job: MakeJob, tmp_path: Path) -> None:
    """For the site: each job, all together, and on what machine."""
    outcomes = run(make_job("a", "pass"), make_job("b", "pass"), logs=tmp_path / "logs")
    write_outcomes(tmp_path / "checks.json", outcomes, 61.4)
    written = json.loads((tmp_path / "checks.json").read_text(encoding="utf-8"))
    assert written["seconds"] == 61
    assert re.fullmatch(r"\d+ cores, \w+, Python [\d.]+", written["machine"])
    assert [(one["name"], one["tests"]) for one in written["checks"]] == [("a", 0), ("b", 0)]


def test_tests_are_counted(tmp_path: Path) -> None:
    """What pytest ran, failed and skipped goes into the summary."""
    (tmp_path / "test_three.py").write_text(TESTS, encoding="utf-8")
    pytest_ = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_three.py")
    job = Job("tests", (Command(pytest_, tmp_path, counts_tests=True),))
    (outcome,) = run(job, logs=tmp_path / "logs")
    assert (outcome.tests, outcome.failures, outcome.skipped, outcome.passed) == (3, 1, 1, False)


@pytest.mark.parametrize(("failing", "passed"), [(0, True), (1, True), (2, False)])
def test_tests_that_fail_beside_others_run_once_more_alone(
    make_job: MakeJob, make_busy: MakeBusy, tmp_path: Path, failing: int, *, passed: bool
) -> None:
    """No third time; what was printed first is kept, and other checks need no second run."""
    broken = make_job("broken", "open('broken', 'a').write('x'); raise SystemExit(1)")
    heard: list[str] = []
    outcomes = run_jobs(
        (make_busy(failing), broken),
        {},
        tmp_path / "logs",
        lambda outcome: heard.append(outcome.job.name),
    )
    assert [outcome.passed for outcome in outcomes] == [passed, False]
    assert sorted(heard) == ["broken", *["busy"] * min(failing + 1, 2)]
    assert (tmp_path / "broken").read_text(encoding="utf-8") == "x"
    assert (tmp_path / "runs").read_text(encoding="utf-8") == "x" * min(failing + 1, 2)
    beside = outcomes[0].failed_beside
    assert (beside is not None) is bool(failing)
    if beside:
        assert "too busy" in beside.read_text(encoding="utf-8")


def test_a_single_job_that_fails_has_failed(make_busy: MakeBusy, tmp_path: Path) -> None:
    """It was alone."""
    (outcome,) = run(make_busy(1), logs=tmp_path / "logs")
    assert (outcome.passed, outcome.failed_beside) == (False, None)


def test_report_of_an_earlier_run_is_not_counted(make_job: MakeJob, tmp_path: Path) -> None:
    """A job that dies before its tests has run none."""
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "sad.xml").write_text('<testsuite tests="9" failures="0"/>', encoding="utf-8")
    (outcome,) = run(make_job("sad", "raise SystemExit(1)"), logs=logs)
    assert outcome.tests == 0


def test_addresses_go_only_to_jobs_that_need_services(make_job: MakeJob) -> None:
    """For other jobs, an address in the environment would be the user's own server."""
    addresses = {"REDIS_URL": "redis://127.0.0.1:1/0"}
    needy = environment_of(make_job("needy", services=("redis",)), addresses)
    assert needy["REDIS_URL"] == addresses["REDIS_URL"]
    assert environment_of(make_job("other"), addresses).get("REDIS_URL") != addresses["REDIS_URL"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Make the environment anew: nox -s dev"), ("ru", "Пересоздайте окружение: nox -s dev")],
)
def test_missing_program_names_the_mend(language: str, words: str) -> None:
    """An environment that is too old is the usual reason."""
    set_language(language)
    with pytest.raises(WorkshopError) as caught:
        locate(("no-such-program-anywhere",))
    assert "no-such-program-anywhere" in str(caught.value)
    assert words in str(caught.value)
