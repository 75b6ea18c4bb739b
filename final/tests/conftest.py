"""Fixtures that every test may use, one module per concern."""

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.passwords",
    "tests.fixtures.sandbox",
]

pytest_plugins += [
    "tests.fixtures.app",
    "tests.fixtures.client",
    "tests.fixtures.redis",
    "tests.fixtures.statements",
    "tests.fixtures.users",
]

pytest_plugins += ["tests.fixtures.accounts"]

pytest_plugins += ["tests.fixtures.cache"]

pytest_plugins += ["tests.fixtures.queue"]

pytest_plugins += ["tests.fixtures.mail"]

pytest_plugins += ["tests.fixtures.log"]

pytest_plugins += ["tests.fixtures.events"]
