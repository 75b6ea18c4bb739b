
pytest_plugins += ["tests.fixtures.accounts"]
