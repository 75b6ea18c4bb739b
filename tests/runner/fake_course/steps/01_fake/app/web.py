"""Answer a few paths, and misbehave as the test asks: see `MOODS`."""

import os
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGES = {"/health/live": 200, "/docs": 200, "/api/v1/users": 401}


class Handler(BaseHTTPRequestHandler):
    """Knows the status of each page, and nothing else."""

    def do_GET(self) -> None:
        """Answer without a body."""
        self.send_response(PAGES.get(self.path, 404))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Stay silent."""


def stubborn() -> None:
    """Do not listen to SIGTERM."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def parent() -> None:
    """Start a process that does not listen to SIGTERM either."""
    code = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)"
    subprocess.Popen([sys.executable, "-c", code])


def crash() -> None:
    """End before answering."""
    sys.exit("no such table: users")


def flood() -> None:
    """Print faster than anybody can read, in lines that never end."""

    def write() -> None:
        while True:
            sys.stdout.write("x" * 1_000_000)

    threading.Thread(target=write, daemon=True).start()


MOODS = {"stubborn": stubborn, "parent": parent, "crash": crash, "flood": flood}

if mood := os.environ.get("FAKE_MOOD"):
    MOODS[mood]()
host, port = sys.argv[1], int(sys.argv[2])
assert (os.environ["UVICORN_HOST"], os.environ["UVICORN_PORT"]) == (host, str(port))
sys.stdout.write(f"web pid={os.getpid()}\n")
ThreadingHTTPServer((host, port), Handler).serve_forever()
