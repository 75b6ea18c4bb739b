"""Answers of routes that are kept."""

from collections.abc import Awaitable, Callable
from functools import wraps
from inspect import Parameter, iscoroutinefunction, signature
from typing import Annotated, Any, Final, TypeVar, cast, get_args, get_type_hints

from fastapi import BackgroundTasks, Depends
from pydantic import TypeAdapter
from starlette.responses import Response

from app.core.api.exchange import Exchange, get_exchange

F = TypeVar("F", bound=Callable[..., Awaitable[Any]])
KeyBuilder = Callable[..., str]

EXCHANGE: Final = "cached_exchange"
"""The parameter that `cached` adds to a function."""


def cached(*, key_builder: KeyBuilder | None = None, ttl: int | None = None) -> Callable[[F], F]:
    """Keep the answer of a path operation function; it goes right above the function.

    On a hit, the bytes of the first answer are sent again, and the function does not run. Errors
    are never kept. Those who ask at once get one computation.

    **Never across permissions**: everybody with the same key gets the same answer, so the key must
    hold all that the answer depends on. A route whose answer depends on who is asking, or that not
    everybody may call, is not for this decorator.

    **How old**: an answer is dropped when somebody deletes its key. Where nobody does, because
    Redis was down, or the process was killed in between, or another program changed the data, it is
    ``ttl`` seconds old at worst; so is its shape after a release that changes it.

    Args:
        key_builder: makes the key of the function and its arguments, which come by name:
            ``lambda f, *args, **kwargs: f"item:{kwargs['item_id']}"``. There is no default: an
            injected object has no name but its address in memory, tomorrow another object's.
        ttl: seconds; without, what the settings say.

    Raises:
        TypeError: there is no key builder, or the answer is not one that can be kept.
        ValueError: the ttl is less than a second.

    """
    if ttl is not None and ttl < 1:
        raise ValueError(f"a ttl is at least 1 second, not {ttl}")

    def decorate(function: F) -> F:
        if key_builder is None:
            raise TypeError(
                f"@cached on {function.__qualname__} needs a key_builder, such as "
                "lambda f, *args, **kwargs: f\"item:{kwargs['item_id']}\""
            )
        hints = get_type_hints(function, include_extras=True)
        require_cacheable(function, hints)
        adapter: TypeAdapter[Any] = TypeAdapter(hints["return"])

        @wraps(function)
        async def answer(*args: Any, cached_exchange: Exchange, **kwargs: Any) -> Response:  # noqa: ANN401 - as the function
            async def compute() -> bytes:
                cached_exchange.require_plain(hints["return"])
                made = await function(*args, **kwargs)
                checked = adapter.validate_python(made, from_attributes=True)
                return adapter.dump_json(checked, by_alias=True)

            key = key_builder(function, *args, **kwargs)
            body = await cached_exchange.cache.get_or_compute(key, compute, ttl)
            return cached_exchange.answer(body)

        add_exchange(answer, hints)
        return cast("F", answer)

    return decorate


def require_cacheable(function: Callable[..., Any], hints: dict[str, Any]) -> None:
    """Make sure that the answer is a body and nothing else.

    Raises:
        TypeError: it is not, or does not say what it is.

    """
    name = function.__qualname__
    if not iscoroutinefunction(function):
        raise TypeError(f"@cached on {name} needs an async function")
    if "return" not in hints or is_kind_of(hints["return"], Response):
        raise TypeError(f"@cached on {name} needs the type of the answer: -> UserResponse")
    for parameter, hint in hints.items():
        if is_kind_of(hint, Response, BackgroundTasks):
            raise TypeError(
                f"@cached on {name} cannot have {parameter}: only the body is kept, so headers "
                "and background tasks would be missing the second time"
            )


def is_kind_of(hint: object, *kinds: type) -> bool:
    """Look through ``Annotated``."""
    bare = get_args(hint)[0] if hasattr(hint, "__metadata__") else hint
    return isinstance(bare, type) and issubclass(bare, kinds)


def add_exchange(answer: Callable[..., Any], hints: dict[str, Any]) -> None:
    """Let FastAPI and the container see the function's parameters, and one more."""
    annotation = Annotated[Exchange, Depends(get_exchange)]
    given = signature(answer)
    parameters = [
        parameter.replace(annotation=hints.get(name, parameter.annotation))
        for name, parameter in given.parameters.items()
    ]
    extra = Parameter(EXCHANGE, Parameter.KEYWORD_ONLY, annotation=annotation)
    answer.__signature__ = given.replace(  # type: ignore[attr-defined]  # what inspect reads
        parameters=[*parameters, extra], return_annotation=hints["return"]
    )
    answer.__annotations__ = {**hints, EXCHANGE: annotation}
