"""Reading the trail."""

from typing import Annotated

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter, Depends

from app.audit.policies.trail import can_read_trail
from app.audit.queries.list_entries import ListEntries
from app.audit.schemas.entry import (
    EntryFilterParam,
    EntryListParams,
    EntryResponse,
    EntrySortParam,
)
from app.auth.deps import AUTHENTICATION_ERRORS
from app.auth.exceptions import ActionNotAllowed
from app.core.api.builder import ListParamsBuilder, PaginatedResponse
from app.core.api.openapi import document
from app.core.api.rate_limiter import ConfigurableRateLimiter
from app.core.mediator import Mediator

router = APIRouter(
    prefix="/audit",
    tags=["audit"],
    route_class=DishkaRoute,
    dependencies=[Depends(ConfigurableRateLimiter(times=60, seconds=60)), Depends(can_read_trail)],
    responses=document(*AUTHENTICATION_ERRORS, ActionNotAllowed),
)

list_params_builder = ListParamsBuilder(EntryListParams, EntrySortParam, EntryFilterParam)


@router.get("")
async def get_list(
    request: Annotated[EntryListParams, Depends(list_params_builder)],
    mediator: FromDishka[Mediator],
) -> PaginatedResponse[list[EntryResponse]]:
    """List what happened, page by page."""
    page = await mediator.handle_query(ListEntries(request.to_listing()))
    return PaginatedResponse[list[EntryResponse]].model_validate(page)
