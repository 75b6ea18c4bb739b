
pytest_plugins += ["tests.fixtures.mail"]
