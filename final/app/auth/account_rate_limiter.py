"""How often anybody may try to log in to one account."""

import hashlib

from starlette.requests import Request

from app.auth.schemas.session import read_login
from app.core.api.rate_limiter import ConfigurableRateLimiter
from app.core.configs.rate_limiter import RateLimiterConfig


class AccountRateLimiter(ConfigurableRateLimiter):
    """Counts by the account in the form, so that a guesser with many addresses is slowed too.

    It slows the owner as well, and whoever wants to can keep it that way; but only at logging in:
    sessions that run are not touched. A user name and an address are two accounts to it, and names
    that no account has are counted alike, or the limit would tell which exist.
    """

    async def identify(self, request: Request, config: RateLimiterConfig) -> str:  # noqa: ARG002 - the parent's signature
        """Name the account as the database would, and hide it: keys are seen by operators."""
        name = (await request.form()).get("username")
        account = read_login(name).lower() if isinstance(name, str) else ""
        return f"account-{hashlib.sha256(account.encode(errors='replace')).hexdigest()}"
