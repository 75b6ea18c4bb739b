"""How often anybody may have mail sent to one address."""

import hashlib
import json

from pydantic import ValidationError
from starlette.requests import Request

from app.auth.schemas.session import ADDRESS
from app.core.api.rate_limiter import ConfigurableRateLimiter
from app.core.configs.rate_limiter import RateLimiterConfig


class AddressRateLimiter(ConfigurableRateLimiter):
    """Counts by the address in the body, so that many clients together cannot fill a mailbox.

    Addresses that no account has are counted alike, or the limit would tell which exist.
    """

    async def identify(self, request: Request, config: RateLimiterConfig) -> str:  # noqa: ARG002 - the parent's signature
        """Name the address as the database would, and hide it: keys are seen by operators."""
        try:
            body = json.loads(await request.body())
        except ValueError:
            body = None
        found = body.get("email") if isinstance(body, dict) else None
        try:
            address = ADDRESS.validate_python(found).lower()
        except ValidationError:
            address = ""  # the route refuses it
        return f"address-{hashlib.sha256(address.encode(errors='replace')).hexdigest()}"
