
pytest_plugins += ["tests.fixtures.app", "tests.fixtures.redis", "tests.fixtures.statements"]
