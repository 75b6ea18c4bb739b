"""Who may do what with an order."""

from dishka.integrations.fastapi import FromDishka, inject

from app.auth.deps import ActiveUser
from app.core.api.types import Identifier
from app.core.mediator import Mediator
from app.orders.exceptions import OrderNotFoundError
from app.orders.queries.orders.get_owner import GetOrderOwner


@inject
async def can_access(
    user: ActiveUser, order_id: Identifier, mediator: FromDishka[Mediator]
) -> bool:
    """The owner, and any administrator.

    Orders are numbered one after another: an answer of its own for those of others would tell how
    many there are.

    Raises:
        OrderNotFoundError: it is somebody else's, or there is no such order.

    """
    owner_id = await mediator.handle_query(GetOrderOwner(order_id))
    if not (user.is_admin or user.id == owner_id):
        raise OrderNotFoundError(order_id)
    return True
