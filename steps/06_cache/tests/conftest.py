
pytest_plugins += ["tests.fixtures.cache", "tests.fixtures.patient_redis"]
