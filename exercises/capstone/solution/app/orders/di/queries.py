"""The queries of the module and who answers them."""

from app.core.mediator import QueryRegistry, QueryTable
from app.orders.queries.orders.get import GetOrder, GetOrderHandler
from app.orders.queries.orders.get_owner import GetOrderOwner, GetOrderOwnerHandler
from app.orders.queries.orders.list import ListOrders, ListOrdersHandler

QUERIES: QueryTable = (
    (GetOrder, GetOrderHandler),
    (GetOrderOwner, GetOrderOwnerHandler),
    (ListOrders, ListOrdersHandler),
)


def register_orders_query_handlers(registry: QueryRegistry) -> None:
    """Tell the mediator."""
    for query, handler in QUERIES:
        registry.register(query, handler)
