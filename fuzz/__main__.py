"""``nox -s fuzz -- --examples 200 --seed 7``: exit code 0 if every answer is a documented one."""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from rich.console import Console
from rich.table import Table

from bench.data import PASSWORD, log_in, make_settings, seeded
from workshop.layers import compose, read_layers, write_tree
from workshop.project import find_project
from workshop.services import environment

console = Console()
ROOT = Path(__file__).parent.parent
PATIENCE = 60.0
"""Seconds in which the server has to start."""
LOGOUT = "/api/v1/auth/logout"
"""Whoever tries this with the token of all other requests has none afterwards."""
CHECKS_LEFT_OUT = {
    "positive_data_acceptance": "rules that no schema expresses: weak passwords, reserved domains",
    "allow_header_conformance": "Starlette names the methods of one route in Allow",
}
COUNT = re.compile(r"(\d+) generated")


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="nox -s fuzz --", description=__doc__)
    parser.add_argument("--examples", type=int, default=100, help="most of one operation and role")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))  # noqa: S311 - no secret
    return parser.parse_args()


@contextmanager
def served(folder: Path, settings: Mapping[str, str], log: Path) -> Iterator[str]:
    """Start the app as its Procfile does; give its address.

    Raises:
        TimeoutError: it did not start.

    """
    (options,) = re.findall(r"(?m)^web: uvicorn (.+)$", (folder / "Procfile").read_text("utf-8"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", *options.split(), "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **settings}, stdout=output, stderr=output
        )
        try:
            wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until it is ready."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/ready")
            if connection.getresponse().status == 200:  # noqa: PLR2004 - HTTP's number
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError("the app did not start: see .workshop/logs/fuzz.log")


def log_in_as_admin(url: str) -> str:
    """Return the token of the first administrator."""
    form = urlencode({"username": "admin", "password": PASSWORD}).encode()
    with urlopen(Request(f"{url}/api/v1/auth/login", form), timeout=30) as answer:  # noqa: S310 - our own
        (token,) = re.findall(r'"access_token":"([^"]+)"', answer.read().decode())
    return str(token)


def try_role(
    url: str, token: str | None, asked: argparse.Namespace, place: Path
) -> tuple[int, bool]:
    """Let Schemathesis loose; return how many requests it made, and whether all was well."""
    program = shutil.which("st", path=str(Path(sys.executable).parent)) or "st"
    command = [program, "run", f"{url}/api/v1/openapi.json", "--no-color", "--warnings", "off"]
    command += ["--max-examples", str(asked.examples), "--seed", str(asked.seed)]
    command += ["--exclude-checks", ",".join(CHECKS_LEFT_OUT)]
    if token is not None:
        command += ["--header", f"Authorization: Bearer {token}", "--exclude-path", LOGOUT]
    ended = subprocess.run(
        command,
        cwd=place,  # it leaves its notes there
        env={**os.environ, "SCHEMATHESIS_HOOKS": "fuzz.hooks", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        console.print(ended.stdout, ended.stderr, markup=False, highlight=False)
    found = COUNT.search(ended.stdout)
    return int(found[1]) if found else 0, ended.returncode == 0


def main() -> None:
    """Try the roles in turn, and look whether the log has an error that no answer told of."""
    asked = parse_arguments()
    project = find_project()
    layers = read_layers(project)
    needs = dict.fromkeys(name for layer in layers for name in layer.services)
    settings = make_settings(environment(project, needs))
    folder, log = project.build("fuzz"), project.state / "logs" / "fuzz.log"
    write_tree(compose(layers), folder)
    log.parent.mkdir(parents=True, exist_ok=True)
    table = Table("role", "requests", "answers", title=f"seed {asked.seed}")
    with seeded(folder, settings):
        init = [sys.executable, "-m", "app.init_data"]
        subprocess.run(init, cwd=folder, env={**os.environ, **settings}, check=True)
        with served(folder, settings, log) as url:
            roles = {"nobody": None, "user": log_in(url), "administrator": log_in_as_admin(url)}
            fine = True
            for role, token in roles.items():
                requests, is_fine = try_role(url, token, asked, log.parent)
                table.add_row(role, str(requests), "as documented" if is_fine else "WRONG")
                fine &= is_fine and requests > 0
    errors = log.read_text("utf-8", errors="replace").count("Traceback")
    console.print(table, f"errors in the log of the app: {errors}")
    sys.exit(0 if fine and not errors else 1)


if __name__ == "__main__":
    main()
