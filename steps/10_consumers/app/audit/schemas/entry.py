"""What the API takes and gives about the trail."""

from datetime import datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.core.api.schemas import FilterParam, ListParams, SortParam
from app.core.api.types import Identifier, Text


class EntryResponse(BaseModel):
    """One event, as it was recorded."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    event_id: UUID
    event: str = Field(examples=["auth.user_blocked"])
    user_id: int
    actor_id: int | None = Field(description="Who did it; null: nobody had logged in")
    details: dict[str, Any] = Field(examples=[{"fields": ["status_id"]}])
    occurred_at: datetime
    request_id: str | None


class EntrySortParam(SortParam):
    """What the trail can be sorted by."""

    field: Literal["id", "occurred_at"]


class EntryFilterParam(FilterParam):
    """What the trail can be filtered by."""

    value_types: ClassVar[dict[str, Any]] = {
        "user_id": Identifier,
        "actor_id": Identifier,
        "event": Text,
    }

    field: Literal["user_id", "actor_id", "event"]


class EntryListParams(ListParams):
    """Which entries, in which order."""

    sort: list[EntrySortParam] | None = Field(None, examples=[["id:desc"]])
    filters: list[EntryFilterParam] | None = Field(None, examples=[["user_id:1"]])
