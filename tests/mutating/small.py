"""A course of two steps that is made to be changed."""

from __future__ import annotations

from pathlib import Path

from workshop.layers import Layer, LayerFile

SUMS = '''"""Sums."""

LEAST = 1


def is_many(count: int) -> bool:
    """Tell whether it is more than one."""
    return count > LEAST


def is_odd(count: int) -> bool:
    """Tell whether it is odd."""
    return count % 2 == 1
'''

TEST_SUMS = '''"""Sums."""

from app.sums import is_many


def test_many() -> None:
    """Two are many, one is not."""
    assert is_many(2)
    assert not is_many(1)
'''

TEST_ODD = '''"""Odd numbers."""

import app.sums


def test_odd() -> None:
    """One is odd, two is not."""
    assert app.sums.is_odd(1)
    assert not app.sums.is_odd(2)
'''

BELOW = {
    "app/__init__.py": "",
    "app/sums.py": SUMS,
    "app/other.py": "NAME = 'other'\n",
    "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["."]\n',
    "tests/__init__.py": "",
    "tests/test_sums.py": TEST_SUMS,
    "tests/test_odd.py": TEST_ODD,
}
MORE = {
    "app/sums.py": SUMS.replace("count % 2 == 1", "count % 2 != 0"),
    "app/new.py": "SIZE = 10\n",
    "tests/test_new.py": "def test_nothing() -> None:\n    pass\n",
}


def make_layers() -> tuple[Layer, Layer]:
    """Make both steps; the second replaces one line of the first and adds a module."""
    first, second = (
        {path: LayerFile(text.encode()) for path, text in files.items()} for files in (BELOW, MORE)
    )
    replaced = {"app/sums.py": ""}
    return (
        Layer(1, "sums", {}, (), Path("steps/01_sums"), first, {}),
        Layer(2, "more", {}, (), Path("steps/02_more"), second, replaced),
    )
