"""Fixtures that every test may use, one module per concern."""

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.passwords",
    "tests.fixtures.sandbox",
]
