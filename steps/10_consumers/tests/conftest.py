
pytest_plugins += ["tests.fixtures.events"]
