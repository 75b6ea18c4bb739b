"""What a request for a list may say, and how it is answered."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, Literal, TypeVar, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from app.core.api.types import Text
from app.core.db.listing import Listing

T = TypeVar("T")

MAX_VALUES = 100
MAX_PAGE = 2**31 - 1
"""Keeps the offset within BIGINT for every page size."""


class SortParam(BaseModel):
    """One field to sort by; a module narrows ``field`` to a ``Literal``."""

    model_config = ConfigDict(frozen=True)

    field: str
    direction: Literal["asc", "desc"] = "asc"


class FilterParam(BaseModel):
    """One field and the values that it may have; a module narrows ``field`` to a ``Literal``.

    ``value_types`` names the type of each field's values; a field that it lacks holds text.
    """

    model_config = ConfigDict(frozen=True)

    value_types: ClassVar[Mapping[str, Any]] = {}
    readers: ClassVar[Mapping[str, TypeAdapter[Any]]] = {}

    field: str
    values: list[Any] = Field(min_length=1, max_length=MAX_VALUES)

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:  # noqa: ANN401 - pydantic's signature
        """Prepare what reads each field's values."""
        cls.readers = {
            name: TypeAdapter(cls.value_types.get(name, Text)) for name in get_choices(cls)
        }

    @field_validator("values")
    @classmethod
    def read_values(cls, values: list[Any], info: ValidationInfo) -> list[Any]:
        """Turn text into values of the field's type, and say which one can't be turned."""
        if (reader := cls.readers.get(info.data.get("field", ""))) is None:
            return values
        try:
            return [reader.validate_python(value) for value in values]
        except ValidationError as error:
            wrong = error.errors()[0]
            raise PydanticCustomError(
                wrong["type"],
                "{value} is refused: {reason}",
                {"value": repr(wrong["input"])[:64], "reason": wrong["msg"]},
            ) from None


def get_choices(param: type[SortParam | FilterParam]) -> tuple[str, ...]:
    """Return the fields that a sort or filter parameter allows."""
    return get_args(param.model_fields["field"].annotation)


class ListParams(BaseModel):
    """Which part of a list, in which order.

    Every field is a query parameter; one that a module adds becomes another.
    """

    model_config = ConfigDict(frozen=True)

    sort: Sequence[SortParam] | None = Field(None, description="Sorting parameters")
    filters: Sequence[FilterParam] | None = Field(None, description="Filtering parameters")
    page: int = Field(1, ge=1, le=MAX_PAGE, description="Page, from 1")
    page_size: int = Field(20, ge=1, le=100, description="Rows on a page")
    with_total: bool = Field(default=True, description="Count all rows; without it, faster")

    @field_validator("sort", "filters")
    @classmethod
    def refuse_repetition(cls, params: Sequence[Any] | None) -> Sequence[Any] | None:
        """Refuse a field that is named twice: it contradicts itself."""
        fields = [param.field for param in params or ()]
        for field in fields:
            if fields.count(field) > 1:
                raise PydanticCustomError("repeated", "{field} is given twice", {"field": field})
        return params

    def to_listing(self) -> Listing:
        """Say the same to the database."""
        return Listing(
            filters={param.field: param.values for param in self.filters or ()},
            order={param.field: param.direction == "desc" for param in self.sort or ()},
            page=self.page,
            page_size=self.page_size,
            with_total=self.with_total,
        )


class PaginatedResponse(BaseModel, Generic[T]):
    """One page; made from a `Page` by ``model_validate``."""

    model_config = ConfigDict(from_attributes=True)

    items: T
    total: int | None = Field(description="Rows on all pages; null with `with_total=false`")
    pages: int | None = Field(description="The last page; null with `with_total=false`")
    page: int
    page_size: int
