"""What an answer that is kept needs of its request."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dishka import AsyncContainer
from fastapi.datastructures import DefaultPlaceholder
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from app.core.services.cache import CacheServiceInterface

PLAIN: Mapping[str, tuple[object, ...]] = {
    "methods": ({"GET"},),
    "status_code": (None, 200),
    "response_model_include": (None,),
    "response_model_exclude": (None,),
    "response_model_by_alias": (True,),
    "response_model_exclude_unset": (False,),
    "response_model_exclude_defaults": (False,),
    "response_model_exclude_none": (False,),
}
"""Options of a route, and what they may be: FastAPI would obey others, kept bytes cannot."""


async def get_cache(request: Request) -> CacheServiceInterface:
    """Take the cache from the container of the request."""
    container: AsyncContainer = request.state.dishka_container
    cache: CacheServiceInterface = await container.get(CacheServiceInterface)
    return cache


@dataclass(frozen=True)
class Exchange:
    """One request, as far as keeping its answer is concerned."""

    route: APIRoute
    cache: CacheServiceInterface
    response: Response
    """Holds the headers that dependencies set; it is not sent itself."""

    def require_plain(self, answer_type: Any) -> None:  # noqa: ANN401 - any type that JSON can show
        """Make sure that FastAPI would answer with nothing but this type, as JSON.

        Raises:
            TypeError: the route wants something else.

        """
        odd = [name for name, usual in PLAIN.items() if getattr(self.route, name) not in usual]
        if self.route.response_model != answer_type:
            odd.append("response_model")
        if not isinstance(self.route.response_class, DefaultPlaceholder):
            odd.append("response_class")
        if odd:
            raise TypeError(
                f"{self.route.name} is cached, so its route cannot set {', '.join(odd)}: "
                "the type that the function returns says it all"
            )

    def answer(self, body: bytes) -> Response:
        """Make the response that FastAPI would make of the same JSON."""
        answer = Response(body, self.response.status_code or 200, media_type="application/json")
        answer.headers.raw.extend(self.response.headers.raw)
        return answer


async def get_exchange(request: Request, response: Response) -> Exchange:
    """Gather it."""
    return Exchange(request.scope["route"], await get_cache(request), response)
