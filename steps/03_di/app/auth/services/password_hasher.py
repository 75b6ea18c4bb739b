"""Password hashing that does not stop the event loop."""

import os

from anyio import CapacityLimiter, to_thread

from app.auth.services.passwords import hash_password, verify_password

MOST_AT_ONCE = 4
"""In a container the processors are those of its host, and 64 hashes would take 4 GiB."""


class PasswordHasher:
    """Hashes in threads, as many at once as there are processors, up to a few.

    A hash costs tens of milliseconds of a processor and 64 MiB of memory on purpose. On the event
    loop it would stop every other request; without a bound a flood of logins would take all memory.
    """

    def __init__(self) -> None:
        self._limiter = CapacityLimiter(min(os.cpu_count() or 1, MOST_AT_ONCE))

    async def hash(self, password: str) -> str:
        """Hash a password for storage."""
        return await to_thread.run_sync(hash_password, password, limiter=self._limiter)

    async def verify(self, password: str, password_hash: str) -> bool:
        """Tell whether the password is the one that was hashed."""
        return await to_thread.run_sync(
            verify_password, password, password_hash, limiter=self._limiter
        )
