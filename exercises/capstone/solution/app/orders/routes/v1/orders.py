"""Ordering, and what becomes of it."""

from typing import Annotated

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter, Depends, status

from app.auth.deps import AUTHENTICATION_ERRORS, ActiveUser
from app.core.api.builder import ListParamsBuilder, PaginatedResponse
from app.core.api.openapi import document
from app.core.api.rate_limiter import ConfigurableRateLimiter
from app.core.api.types import Identifier
from app.core.mediator import Mediator
from app.orders.commands.orders.cancel import CancelOrder
from app.orders.commands.orders.create import CreateOrder
from app.orders.commands.orders.pay import PayOrder
from app.orders.exceptions import IdempotencyKeyReusedError, OrderClosedError, OrderNotFoundError
from app.orders.policies.orders import can_access
from app.orders.queries.orders.get import GetOrder
from app.orders.queries.orders.list import ListOrders
from app.orders.schemas.order import (
    IdempotencyKey,
    OrderFilterParam,
    OrderListParams,
    OrderRequest,
    OrderResponse,
    OrderSortParam,
    OrderSummary,
)

router = APIRouter(
    prefix="/orders",
    tags=["orders"],
    route_class=DishkaRoute,
    dependencies=[Depends(ConfigurableRateLimiter(times=60, seconds=60))],
    responses=document(*AUTHENTICATION_ERRORS),
)

list_params_builder = ListParamsBuilder(OrderListParams, OrderSortParam, OrderFilterParam)


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=document(IdempotencyKeyReusedError),
)
async def create(
    request: OrderRequest,
    user: ActiveUser,
    mediator: FromDishka[Mediator],
    idempotency_key: IdempotencyKey = None,
) -> OrderResponse:
    """Order something; repeated with the same key, the first order is the answer."""
    command = CreateOrder(user.id, request.items, idempotency_key)
    return OrderResponse.model_validate(await mediator.handle_command(command))


@router.get("")
async def get_list(
    request: Annotated[OrderListParams, Depends(list_params_builder)],
    user: ActiveUser,
    mediator: FromDishka[Mediator],
) -> PaginatedResponse[list[OrderSummary]]:
    """List one's own orders page by page."""
    page = await mediator.handle_query(ListOrders(user.id, request.to_listing()))
    return PaginatedResponse[list[OrderSummary]].model_validate(page)


@router.get(
    "/{order_id}",
    dependencies=[Depends(can_access)],
    responses=document(OrderNotFoundError),
)
async def get_one(order_id: Identifier, mediator: FromDishka[Mediator]) -> OrderResponse:
    """Show an order with its lines."""
    return OrderResponse.model_validate(await mediator.handle_query(GetOrder(order_id)))


@router.post(
    "/{order_id}/pay",
    dependencies=[Depends(can_access)],
    responses=document(OrderNotFoundError, OrderClosedError),
)
async def pay(order_id: Identifier, mediator: FromDishka[Mediator]) -> OrderResponse:
    """Pay a new order."""
    return OrderResponse.model_validate(await mediator.handle_command(PayOrder(order_id)))


@router.post(
    "/{order_id}/cancel",
    dependencies=[Depends(can_access)],
    responses=document(OrderNotFoundError, OrderClosedError),
)
async def cancel(order_id: Identifier, mediator: FromDishka[Mediator]) -> OrderResponse:
    """Give a new order up."""
    return OrderResponse.model_validate(await mediator.handle_command(CancelOrder(order_id)))
