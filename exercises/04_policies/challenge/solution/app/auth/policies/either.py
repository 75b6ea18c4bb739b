"""Either of several policies is enough."""

# ruff: noqa: INP001 - laid into a package of the app

from collections.abc import Awaitable, Callable
from inspect import Parameter, Signature, signature
from typing import Any

from app.auth.exceptions import ActionNotAllowed

Policy = Callable[..., Awaitable[bool]]


def any_of(*policies: Policy) -> Policy:
    """Make a policy that agrees as soon as one of these does.

    Raises:
        ValueError: there is none.
        TypeError: two of them mean different things by one name.

    """
    if not policies:
        raise ValueError("any_of needs a policy")

    async def either(**given: Any) -> bool:  # noqa: ANN401 - what the policies take
        refusals = []
        for policy in policies:
            wanted = signature(policy).parameters
            try:
                return await policy(**{name: given[name] for name in wanted if name in given})
            except ActionNotAllowed as refusal:
                refusals.append(refusal)
        raise refusals[0]

    parameters = list(merge(policies).values())
    either.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # what inspect reads
    return either


def merge(policies: tuple[Policy, ...]) -> dict[str, Parameter]:
    """Name every parameter once; all are given by name, so their order says nothing.

    Raises:
        TypeError: two policies mean different things by one name.

    """
    merged: dict[str, Parameter] = {}
    for policy in policies:
        for name, parameter in signature(policy).parameters.items():
            first = merged.setdefault(name, parameter.replace(kind=Parameter.KEYWORD_ONLY))
            if first.annotation != parameter.annotation:
                raise TypeError(f"{name} is {first.annotation} and {parameter.annotation}")
    return merged
