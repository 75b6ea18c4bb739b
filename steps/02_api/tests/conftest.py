
pytest_plugins += [
    "tests.fixtures.app",
    "tests.fixtures.client",
    "tests.fixtures.redis",
    "tests.fixtures.statements",
    "tests.fixtures.users",
]
