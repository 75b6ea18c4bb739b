"""A process that writes a tree is killed at any moment; the next one finishes the work."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from workshop.layers import compose, write_tree

from .course import Course, tree

WRITER = """
import sys
from pathlib import Path
from workshop.layers import compose, read_layers, write_tree
from workshop.project import Project

layers = read_layers(Project(Path(sys.argv[1])))
print("ready", flush=True)
while True:
    for number in (1, 3, 2, 3):
        write_tree(compose(layers[:number]), Path(sys.argv[2]))
"""


def kill_while_writing(root: Path, target: Path, pause: float) -> None:
    """Start a process that goes from composition to composition, and SIGKILL it."""
    command = (sys.executable, "-c", WRITER, str(root), str(target))
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"ready"
        time.sleep(pause)
        process.kill()


def test_a_killed_writer_leaves_whole_files_and_work_that_can_be_finished(course: Course) -> None:
    """Each file found is one that a step has; after one more call the tree is exact."""
    big = "x" * 40_000
    course.step("a", {f"a/{n}/f.py": f"1 {n} {big}\n" for n in range(30)})
    course.step("b", {f"a/{n}/f.py": f"2 {n} {big}\n" for n in range(30)})
    gone = [f"a/{n}/f.py" for n in range(25)]
    course.step("c", {f"c/{n}.py": f"3 {n} {big}\n" for n in range(30)}, removes=gone)
    target = course.root / "out"
    wanted = [
        {path: text.encode() for path, text in course.texts(number).items()} for number in (1, 2, 3)
    ]
    layers = course.layers()
    seeded = random.Random(5)  # noqa: S311 - moments to kill at, not secrets
    for kill in range(15):
        kill_while_writing(course.root, target, seeded.uniform(0, 0.15))
        for path, content in tree(target).items():
            assert content in [each.get(path) for each in wanted], f"half a file: {path}"
        write_tree(compose(layers[: kill % 3 + 1]), target)
        assert tree(target) == wanted[kill % 3]
        assert not list((target / ".workshop").glob("*.new"))
