"""Load by wrk, and what it tells."""

from __future__ import annotations

import re
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench.cases import Case

REQUESTS = re.compile(r"Requests/sec:\s+([\d.]+)")
P99 = re.compile(r"99%\s+([\d.]+)(us|ms|s)\b")
WRONG = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)")
IN_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}

REGISTER = """
local run = "{run}"
local number = 0
request = function()
  number = number + 1
  local name = run .. number
  local body = '{{"email": "' .. name .. '@example.com", "username": "' .. name
    .. '", "password": "correct horse battery"}}'
  return wrk.format("POST", nil, {{["Content-Type"] = "application/json"}}, body)
end
"""


class LoadError(Exception):
    """The load could not be made, or was not answered as it should."""


@dataclass(frozen=True)
class Measured:
    """One run of one case against one server."""

    requests: float
    """Per second."""
    p99: float
    """Milliseconds in which 99 of 100 requests were answered."""


def find_wrk() -> str:
    """Find the program.

    Raises:
        LoadError: it is not installed.

    """
    found = shutil.which("wrk")
    if found is None:
        raise LoadError("wrk is needed: `apt install wrk`, `brew install wrk`.")
    return found


@dataclass(frozen=True)
class Load:
    """How to ask."""

    seconds: int
    token: str
    """Of the user who asks."""
    folder: Path
    """For wrk's scripts."""

    def measure(self, url: str, case: Case, server: str) -> Measured:
        """Send requests over kept connections for some seconds.

        Raises:
            LoadError: an answer was none of success, or there was none.

        """
        options = ["--connections", str(case.connections), "--duration", f"{self.seconds}s"]
        if case.registers:
            run = secrets.token_hex(4)
            script = self.folder / f"{run}.lua"
            script.write_text(REGISTER.format(run=run), encoding="ascii")
            options += ["--script", str(script)]
        headers = ["--header", f"Authorization: Bearer {self.token}"]
        address = f"{url}{case.paths[server]}"
        fixed = ("--latency", "--timeout", "10s", "--threads", "1")
        command = [find_wrk(), *fixed, *options, *headers, address]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        said = ended.stdout + ended.stderr
        requests, p99 = REQUESTS.search(said), P99.search(said)
        if ended.returncode or WRONG.search(said) or not requests or not p99:
            raise LoadError(f"{server}, {case.name}: {address}\n{said}")
        if not float(requests[1]):
            raise LoadError(f"{server}, {case.name}: no answer in {self.seconds} s; --seconds more")
        return Measured(float(requests[1]), float(p99[1]) * IN_MS[p99[2]])
