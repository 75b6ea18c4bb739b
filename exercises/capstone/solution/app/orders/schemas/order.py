"""What the API takes and gives about orders."""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from fastapi import Header
from pydantic import BaseModel, ConfigDict, Field

from app.core.api.schemas import FilterParam, ListParams, SortParam
from app.core.api.types import Identifier, Text
from app.orders.models import Item, OrderStatus

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=100,
        pattern=r"^[\x21-\x7e]+$",
        description="A request that is repeated with it makes no second order",
    ),
]
"""What clients invent for each order, and send again when they got no answer."""


class LineRequest(BaseModel):
    """So many of one thing."""

    model_config = ConfigDict(extra="forbid")

    name: Text = Field(examples=["Tea, 100 g"])
    quantity: int = Field(ge=1, le=1000, strict=True, examples=[2])
    price: int = Field(
        ge=0, le=100_000_000, strict=True, description="Of one, in cents", examples=[499]
    )


class OrderRequest(BaseModel):
    """The body of ``POST /orders``. Whatever follows from the lines is computed, not taken."""

    model_config = ConfigDict(extra="forbid")

    lines: list[LineRequest] = Field(min_length=1, max_length=100)

    @property
    def items(self) -> tuple[Item, ...]:
        """Say the same to the command."""
        return tuple(Item(line.name, line.quantity, line.price) for line in self.lines)


class LineResponse(BaseModel):
    """So many of one thing."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    quantity: int
    price: int


class OrderSummary(BaseModel):
    """An order as lists show it."""

    model_config = ConfigDict(from_attributes=True)

    id: int = Field(examples=[1])
    user_id: int = Field(examples=[1])
    status_id: OrderStatus = Field(description="1: new, 2: paid, 3: cancelled", examples=[1])
    total: int = Field(description="In cents", examples=[998])
    created_at: datetime = Field(examples=["2026-01-02T03:04:05Z"])
    updated_at: datetime = Field(examples=["2026-01-02T03:04:05Z"])


class OrderResponse(OrderSummary):
    """An order with its lines."""

    lines: list[LineResponse]


class OrderSortParam(SortParam):
    """What orders can be sorted by."""

    field: Literal["id", "status_id", "total", "created_at"]


class OrderFilterParam(FilterParam):
    """What orders can be filtered by."""

    value_types: ClassVar[dict[str, Any]] = {"id": Identifier, "status_id": OrderStatus}

    field: Literal["id", "status_id"]


class OrderListParams(ListParams):
    """Which orders, in which order."""

    sort: list[OrderSortParam] | None = Field(
        None, description="Sorting parameters", examples=[["created_at:desc", "total"]]
    )
    filters: list[OrderFilterParam] | None = Field(
        None, description="Filtering parameters", examples=[["status_id:1"]]
    )
