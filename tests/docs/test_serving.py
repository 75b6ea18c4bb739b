"""``nox -s docs -- serve`` shows the site and follows its sources."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

import workshop

from .small import Small

PATIENCE = 30.0


def wait_for(address: str, needle: str) -> None:
    """Ask until the answer holds the needle.

    Raises:
        AssertionError: it never did.

    """
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
                if needle in answer.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.2)
    raise AssertionError(f"{address} never showed {needle!r}")


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process on Windows")
def test_serving_follows_a_change(small: Small) -> None:
    """A saved page is shown; a page that is wrong is reported, and the last good one stays."""
    root = Path(workshop.__file__).parents[1]
    config = (root / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[0]
    small.write("mkdocs.yml", config)
    small.write("docs/assets/site/extra.css", "")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    code = "from workshop.cli.docs import app; app()"
    serving = subprocess.Popen(
        [sys.executable, "-c", code, "serve", "--address", f"127.0.0.1:{port}"],
        cwd=small.root,
        env={
            **os.environ,
            "WORKSHOP_ROOT": str(small.root),
            "PYTHONPATH": str(root),
            "WORKSHOP_LANG": "en",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    try:
        page = f"http://127.0.0.1:{port}/steps/01_base/"
        wait_for(page, "The lead.")
        small.edit("en", "The lead.", "Another lead.")
        wait_for(page, "Another lead.")
        small.edit("en", "::: code app/model.py::Base", "::: code app/model.py::Bess")
        time.sleep(2)
        wait_for(page, "Another lead.")
    finally:
        serving.send_signal(signal.SIGINT)
        said, _ = serving.communicate(timeout=PATIENCE)
    assert "workshop docs confirm steps/01_base.md" in said
    assert "app/model.py::Bess" in said
    assert "Traceback" not in said
