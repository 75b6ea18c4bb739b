"""What `configure_logging` does to a process, in processes of their own."""

import logging
import os
import subprocess
import sys

import pytest
from sqlalchemy import URL

from tests.fixtures.log import read_lines, run_logging


def test_loggers_that_were_set_up_before_write_in_the_format() -> None:
    """As uvicorn and taskiq do it: their handlers are replaced, and each line is there once."""
    code = """
from uvicorn.config import LOGGING_CONFIG
logging.config.dictConfig(LOGGING_CONFIG)
logging.basicConfig(level=logging.INFO)
early = logging.getLogger("taskiq.worker")
configure_logging("test")
for name in ("uvicorn.error", "taskiq.worker", "sqlalchemy.pool", "alembic", "made.later"):
    logging.getLogger(name).warning("hello")
logging.getLogger("uvicorn.access").info("GET /?token=swordfish")
"""
    lines, errors = run_logging(f"import logging.config\n{code}")
    assert [line["logger"] for line in lines] == [
        *("uvicorn.error", "taskiq.worker", "sqlalchemy.pool", "alembic", "made.later")
    ]
    assert errors == ""


def test_second_call_replaces_the_first() -> None:
    """No line is there twice."""
    code = """
configure_logging("first")
configure_logging("second")
logging.getLogger("x").info("hello")
"""
    (line,) = run_logging(code)[0]
    assert line["process"] == "second"


def test_end_of_a_process_is_a_line() -> None:
    """With the traceback, and without the secret in it."""
    lines, errors = run_logging(
        'configure_logging("test")\nraise RuntimeError("password=" + "hush")'
    )
    (line,) = lines
    assert (line["level"], line["message"]) == ("critical", "uncaught RuntimeError")
    assert line["exception.stacktrace"].endswith("RuntimeError: password=***")
    assert errors == ""


def test_end_of_a_thread_or_task_is_a_line() -> None:
    """Also of one that nobody waits for."""
    code = """
configure_logging("test")
def fail(): raise RuntimeError
async def main():
    asyncio.get_running_loop().call_soon(fail)
    asyncio.create_task(asyncio.to_thread(fail))
    await asyncio.sleep(0.2)
thread = threading.Thread(target=fail)
thread.start()
thread.join()
asyncio.run(main())
import gc; gc.collect()
"""
    lines, errors = run_logging(code)
    assert len(lines) == 3
    assert {line["exception.type"] for line in lines} == {"builtins.RuntimeError"}
    assert errors == ""


def test_thread_that_wants_to_end_is_no_failure() -> None:
    """``sys.exit`` ends the thread that calls it, and no more."""
    code = """
configure_logging("test")
thread = threading.Thread(target=sys.exit, args=("enough",))
thread.start()
thread.join()
"""
    lines, errors = run_logging(f"import sys\n{code}")
    assert (lines, errors) == ([], "")


def test_warning_is_a_line() -> None:
    """With the place that it is about."""
    (line,) = run_logging('configure_logging("test")\nwarnings.warn("old")')[0]
    assert (line["level"], line["logger"]) == ("warning", "py.warnings")
    assert "UserWarning: old" in line["message"]


def test_interrupt_is_no_failure() -> None:
    """Ctrl+C ends a command as always."""
    lines, errors = run_logging('configure_logging("test")\nraise KeyboardInterrupt')
    assert lines == []
    assert "KeyboardInterrupt" in errors


def test_level_is_a_setting() -> None:
    """What is less important is not there."""
    code = 'configure_logging("test")\nfor name in "info", "error": getattr(logging, name)("x")'
    assert [line["level"] for line in run_logging(code, LOG_LEVEL="ERROR")[0]] == ["error"]


def test_handlers_of_pytest_stay(caplog: pytest.LogCaptureFixture) -> None:
    """Tests see lines though the app has set up logging."""
    logging.getLogger("app.anything").warning("hello")
    assert caplog.messages == ["hello"]


@pytest.mark.parametrize("command", ["app.pre_start", "app.init_data"])
def test_commands_write_in_the_format(command: str, unused_tcp_port: int) -> None:
    """They are processes too."""
    ended = subprocess.run(
        [sys.executable, "-m", command],
        env={
            **os.environ,
            "LOG_FORMAT": "json",
            "DATABASE_URL": f"postgresql://app:hush@127.0.0.1:{unused_tcp_port}/shop",
            "PRE_START_TRIES": "2",
            "PRE_START_WAIT": "0.01",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    lines = read_lines(ended.stdout)
    assert {line["process"] for line in lines} == {command.removeprefix("app.")}
    assert "hush" not in ended.stdout + ended.stderr


def test_migrations_write_in_the_format(database_url: URL) -> None:
    """Alembic reads its logging from its own file; what it prints is no part of the log."""
    address = database_url.render_as_string(hide_password=False)
    ended = subprocess.run(
        [sys.executable, "-m", "alembic", "current"],
        env={**os.environ, "LOG_FORMAT": "json", "DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = read_lines(ended.stderr)
    assert {line["process"] for line in lines} == {"migrations"}
    assert ended.stdout.endswith("(head)\n")
