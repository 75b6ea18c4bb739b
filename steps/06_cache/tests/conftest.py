
pytest_plugins += ["tests.fixtures.cache"]
