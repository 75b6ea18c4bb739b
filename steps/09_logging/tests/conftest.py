
pytest_plugins += ["tests.fixtures.log"]
