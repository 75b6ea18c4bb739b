"""From the query string to `ListParams`."""

from collections.abc import Callable, Iterator
from inspect import Parameter, Signature
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import Field, StringConstraints, ValidationError
from pydantic.fields import FieldInfo

from app.core.api.list_syntax import ListSyntaxError, parse_filters, parse_sort
from app.core.api.schemas import (
    FilterParam,
    ListParams,
    PaginatedResponse,
    SortParam,
    get_choices,
)
from app.core.exceptions import InvalidField, InvalidRequestError

__all__ = ["ListParamsBuilder", "PaginatedResponse"]

P = TypeVar("P", bound=ListParams)
Param = SortParam | FilterParam

MAX_LENGTH = 32_768
Texts = Annotated[
    list[Annotated[str, StringConstraints(max_length=MAX_LENGTH)]], Field(max_length=10)
]
"""A parameter that may be repeated; repeating it is the same as joining with commas."""

PARSERS: dict[str, Callable[[str], list[dict[str, Any]]]] = {
    "sort": parse_sort,
    "filters": parse_filters,
}


class ListParamsBuilder(Generic[P]):
    """A dependency that reads a module's `ListParams`, checked by the module's own models."""

    def __init__(
        self,
        list_params: type[P],
        sort_param: type[SortParam],
        filter_param: type[FilterParam],
    ) -> None:
        self.list_params = list_params
        self.params: dict[str, type[Param]] = {"sort": sort_param, "filters": filter_param}
        # FastAPI asks for the signature: the query parameters are the fields of the model.
        self.__signature__ = Signature(
            [self.describe(name, field) for name, field in list_params.model_fields.items()]
        )

    def describe(self, name: str, field: FieldInfo) -> Parameter:
        """Make one query parameter; what may be sorted or filtered is part of the description."""
        annotation: Any = field.rebuild_annotation()
        description = field.description or name
        if name in self.params:
            annotation = Texts | None
            description = f"{description}: {', '.join(get_choices(self.params[name]))}"
        query = Query(description=description, examples=field.examples)
        return Parameter(
            name,
            Parameter.KEYWORD_ONLY,
            default=field.default,
            annotation=Annotated[annotation, query],
        )

    async def __call__(self, **query: Any) -> P:  # noqa: ANN401 - described by the signature
        """Build the parameters.

        Raises:
            InvalidRequestError: every mistake, with the parameter, the field and what is allowed.

        """
        errors: list[InvalidField] = []
        for name in PARSERS:
            if query[name] is not None:
                query[name] = list(self.read(name, ",".join(query[name]), errors))
        if errors:
            raise InvalidRequestError(*errors)
        try:
            return self.list_params(**query)
        except ValidationError as error:
            raise InvalidRequestError(*describe_errors(error, "query")) from None

    def read(self, name: str, text: str, errors: list[InvalidField]) -> Iterator[Param]:
        """Give the parameters in the text, and collect the mistakes."""
        try:
            found = PARSERS[name](text)
        except ListSyntaxError as error:
            errors.append(InvalidField(("query", name), str(error), "syntax"))
            return
        for raw in found:
            try:
                yield self.params[name](**raw)
            except ValidationError as error:
                errors.extend(describe_errors(error, "query", name, raw["field"]))


def describe_errors(error: ValidationError, *where: str) -> Iterator[InvalidField]:
    """Translate Pydantic's errors."""
    for wrong in error.errors(include_url=False, include_context=False, include_input=False):
        yield InvalidField((*where, *wrong["loc"]), wrong["msg"], wrong["type"])
