"""However it ends, nothing of it is left running."""

import os
import signal
import sys
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped] # ships no types

from .conftest import Launch
from .launch import PARENT

CTRL_C = b"\x03"


def test_ctrl_c_in_a_terminal_stops_everything(launch: Launch) -> None:
    """Ctrl-C, which the terminal sends to the whole group, ends the run with 130."""
    run = launch(terminal=True)
    run.ready()
    assert "\033[36mweb    │\033[0m web pid=" in run.shown
    os.write(run.keyboard, CTRL_C)
    assert run.end() == 130
    assert run.nothing_left(within=0)
    assert "Stopping. Ctrl-C again does not wait" in run.shown
    assert run.shown.rstrip().endswith("Stopped.")


def test_second_ctrl_c_does_not_wait(launch: Launch) -> None:
    """A process that ignores SIGTERM is killed at once when Ctrl-C is pressed again."""
    run = launch(settings={"FAKE_MOOD": "stubborn"})
    run.ready()
    os.killpg(run.process.pid, signal.SIGINT)
    run.wait_for("Stopping")
    time.sleep(1)
    assert run.process.poll() is None
    began = time.monotonic()
    os.killpg(run.process.pid, signal.SIGINT)
    assert run.end() == 130
    assert time.monotonic() - began < 5
    assert run.nothing_left(within=0)


def test_sigterm_to_the_tool_alone_stops_everything(launch: Launch) -> None:
    """SIGTERM, sent to nobody but the tool, ends its processes, their children included."""
    run = launch(settings={"FAKE_MOOD": "parent"})
    run.ready()
    run.signal(signal.SIGTERM)
    assert run.end() == 143
    assert run.nothing_left()
    assert "SIGTERM received" in run.shown
    assert "\033[" not in run.shown, "no colours where there is no terminal"


def test_closed_terminal_stops_everything(launch: Launch, course: Path) -> None:
    """When the terminal window is closed, nothing lives on."""
    run = launch(terminal=True)
    run.ready()
    holder = os.open(os.devnull, os.O_RDONLY)
    os.dup2(holder, run.keyboard)  # closes the terminal, keeps the number for the fixture
    os.close(holder)
    assert run.end() == 129
    assert run.nothing_left()
    assert (course / ".workshop/logs/run/web.log").read_text().startswith("web pid=")


def test_killed_tool_leaves_nothing(launch: Launch) -> None:
    """SIGKILL of the tool ends a process that ignores SIGTERM, too."""
    run = launch(settings={"FAKE_MOOD": "stubborn", "WORKSHOP_STOP_SECONDS": "1.5"})
    run.ready()
    run.signal(signal.SIGKILL)
    assert run.end() == -signal.SIGKILL
    assert run.nothing_left(within=5)


def test_killed_parent_stops_everything(launch: Launch) -> None:
    """When whoever started the tool is killed by SIGKILL, the tool notices and stops."""
    run = launch(through=(sys.executable, "-c", PARENT))
    run.ready()
    run.signal(signal.SIGKILL)
    run.process.wait()
    run.wait_for("The command that started this one is gone")
    assert run.nothing_left()


def test_nohup_outlives_its_parent(launch: Launch) -> None:
    """Under nohup the app is meant to live on; SIGTERM still ends it."""
    run = launch(through=(sys.executable, "-c", PARENT, "nohup"))
    run.ready()
    tool = run.tool()
    run.signal(signal.SIGKILL)
    time.sleep(0.5)
    assert tool.is_running()
    tool.terminate()
    assert run.nothing_left()


def test_stop_while_preparing(launch: Launch) -> None:
    """Ctrl-C before the app has started ends the command that is being run."""
    run = launch(settings={"FAKE_SLOW": "60"})
    run.wait_for("Wait for the database")
    os.killpg(run.process.pid, signal.SIGINT)
    assert run.end() == 130
    assert run.nothing_left(within=0)
    assert "Migrate" not in run.shown


def test_closed_output_stops_everything(launch: Launch) -> None:
    """``workshop run | head -1``: when nobody reads any more, there is no reason to go on."""
    run = launch(through=("bash", "-c", '"$@" | head -1', "bash"))
    assert run.end() == 0
    assert run.nothing_left(within=10)
    assert run.shown.count("\n") == 1


def test_flood_of_output_does_not_delay_the_stop(launch: Launch) -> None:
    """A process that prints without end, and without line ends, is stopped as fast as another."""
    run = launch(settings={"FAKE_MOOD": "flood"})
    run.wait_for("xxxxx")
    began = time.monotonic()
    run.signal(signal.SIGTERM)
    assert run.end() == 143
    assert time.monotonic() - began < 20
    assert run.nothing_left()


def test_one_dead_process_stops_the_others(launch: Launch) -> None:
    """When one process is killed, the others are stopped, and the first is named."""
    run = launch()
    run.ready()
    os.kill(run.pid_of("worker"), signal.SIGKILL)
    assert run.end() == 1
    assert run.nothing_left(within=0)
    assert "Process worker ended by itself: killed by SIGKILL" in run.shown
    assert "worker says hello" in run.shown.partition("Its last lines:")[2]
    assert ".workshop/logs/run/worker.log" in run.shown


def test_dead_guard_takes_its_process_along(launch: Launch) -> None:
    """When a guard is killed, the process behind it does not live on unguarded."""
    run = launch()
    run.ready()
    os.kill(psutil.Process(run.pid_of("web")).ppid(), signal.SIGKILL)
    assert run.end() == 1
    assert run.nothing_left(within=0)
    assert "Process web ended by itself" in run.shown
