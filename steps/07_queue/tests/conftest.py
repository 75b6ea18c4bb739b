
pytest_plugins += ["tests.fixtures.queue"]
