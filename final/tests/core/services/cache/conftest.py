"""What the tests of the cache share."""

import pytest
from redis.asyncio import Redis


@pytest.fixture
def redis(patient_redis: Redis) -> Redis:
    """Take the patient client in the place of the app's."""
    return patient_redis
