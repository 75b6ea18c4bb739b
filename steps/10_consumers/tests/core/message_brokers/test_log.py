"""How the library of consumers writes its lines."""

import pytest

from tests.fixtures.log import run_logging


@pytest.mark.parametrize("order", ["import faststream.redis\n{}", "{}\nimport faststream.redis\n"])
def test_faststream_writes_in_the_format(order: str) -> None:
    """Before and after it has set up loggers of its own, which it does when it starts."""
    code = """
from faststream._internal.logger.logging import get_logger
import sys
for name in ("faststream", "faststream.access.redis"):
    get_logger(name, logging.INFO, stream=sys.stdout, fmt="plain %(message)s").info("hello")
"""
    lines, errors = run_logging(order.format('configure_logging("test")\n') + code)
    assert [line["logger"] for line in lines] == ["faststream", "faststream.access.redis"]
    assert errors == ""
