"""What the image holds is what its processes need, and they are those of the Procfile."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from sqlalchemy import URL

from tests.fixtures.servers import Server

PROCESSES = dict(
    line.split(": ", 1) for line in Path("Procfile").read_text(encoding="utf-8").splitlines()
)
DOCKERFILE = Path("Dockerfile").read_text(encoding="utf-8")
COMPOSE = Path("docker-compose.yml").read_text(encoding="utf-8")


def read_start() -> list[str]:
    """Read with what the image starts."""
    (command,) = re.findall(r"(?m)^CMD (.+)$", DOCKERFILE)
    start: list[str] = json.loads(command)
    return start


def test_image_starts_the_web_process() -> None:
    """With the options of the Procfile."""
    assert read_start() == shlex.split(PROCESSES["web"])


@pytest.mark.parametrize("name", sorted(PROCESSES.keys() - {"web"}))
def test_compose_starts_each_other_process(name: str) -> None:
    """With the same command."""
    (command,) = re.findall(rf"(?m)^  {name}:\n(?:    .+\n)*?    command: (.+)$", COMPOSE)
    assert command == PROCESSES[name]


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """Copy what the Dockerfile copies, and nothing else."""
    allowed = Path(".dockerignore").read_text(encoding="utf-8").splitlines()
    for source, target in re.findall(r"(?m)^COPY (\S+) (\S+)$", DOCKERFILE):
        assert f"!{source}" in allowed
        if Path(source).is_dir():
            shutil.copytree(source, tmp_path / target)
        else:
            shutil.copy(source, tmp_path / target)
    return tmp_path


def test_image_holds_all_that_a_process_needs(image: Path, database_url: URL) -> None:
    """The web process becomes ready, the schema is known, and the rest can be imported."""
    settings = {"DATABASE_URL": database_url.render_as_string(hide_password=False)}
    environment = {**os.environ, **settings, "UVICORN_PORT": "0", "PYTHONPATH": str(image)}
    log = image / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *read_start()],
            cwd=image,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        server = Server(process, log)
        assert httpx.get(f"{server.url}/health/ready").status_code == 200
        page = httpx.get(f"{server.url}/api/v1/auth/pages/verify-email?token=t")
        assert page.status_code == 200
    finally:
        process.kill()
        process.wait()
    for command in (
        ["-m", "alembic", "current"],
        ["-c", "import app.worker, app.relay, app.consumers, app.asyncapi"],
        ["-c", "import app.pre_start, app.init_data, app.dead_letters, app.dead_events"],
    ):
        subprocess.run([sys.executable, *command], cwd=image, env=environment, check=True)
