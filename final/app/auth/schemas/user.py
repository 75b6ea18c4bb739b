"""What the API takes and gives about users."""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.auth.models import UserStatus
from app.core.api.schemas import FilterParam, ListParams, SortParam
from app.core.api.types import Identifier, Text

Username = Annotated[Text, StringConstraints(max_length=50)]


class UserResponse(BaseModel):
    """A user as anybody may see it.

    Without the e-mail address: it is no business of other people.
    """

    model_config = ConfigDict(from_attributes=True)

    id: int = Field(examples=[1])
    username: str = Field(examples=["ada"])
    status_id: UserStatus = Field(description="1: active, 2: blocked", examples=[1])
    created_at: datetime = Field(examples=["2026-01-02T03:04:05Z"])


class UserSortParam(SortParam):
    """What users can be sorted by."""

    field: Literal["id", "username", "status_id", "created_at"]


class UserFilterParam(FilterParam):
    """What users can be filtered by."""

    value_types: ClassVar[dict[str, Any]] = {
        "id": Identifier,
        "username": Username,
        "status_id": UserStatus,
    }

    field: Literal["id", "username", "status_id"]


class UserListParams(ListParams):
    """Which users, in which order."""

    sort: list[UserSortParam] | None = Field(
        None, description="Sorting parameters", examples=[["created_at:desc", "username"]]
    )
    filters: list[UserFilterParam] | None = Field(
        None, description="Filtering parameters", examples=[["status_id:1", "id:[1,2]"]]
    )
