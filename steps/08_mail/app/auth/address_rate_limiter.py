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

    async def identify(self, request: Request, config: RateLimiterConfig) -> str:
        """Name the address as the database would, and hide it: keys are seen by operators.

        What is no address is counted by the client: one who types wrongly must not stop another.
        """
        try:
            body = json.loads(await request.body())
        except ValueError:
            body = None
        found = body.get("email") if isinstance(body, dict) else None
        try:
            address = ADDRESS.validate_python(found).lower()
        except ValidationError:
            return await super().identify(request, config)  # the route refuses it
        return f"address-{hashlib.sha256(address.encode(errors='replace')).hexdigest()}"
