"""The rules that an order carries, without a database."""

from collections.abc import Callable

import pytest

from app.orders.exceptions import OrderClosedError
from app.orders.models import Item, Order, OrderStatus
from app.orders.models.order import TRANSITIONS
from app.orders.models.order_events import PaidOrderEvent

ITEMS = (Item("Tea, 100 g", 2, 499), Item("Cup", 1, 1250))
DEEDS = [(Order.pay, OrderStatus.PAID), (Order.cancel, OrderStatus.CANCELLED)]


def make_order(status: OrderStatus = OrderStatus.NEW) -> Order:
    """Make an order as it could have come from the database."""
    order = Order.create(7, ITEMS)
    order.id, order.status_id = 17, status
    return order


def test_new_order_knows_what_it_costs() -> None:
    """Its lines are numbered as they came."""
    order = make_order()
    assert (order.user_id, order.status_id, order.total) == (7, OrderStatus.NEW, 2248)
    assert [line.number for line in order.lines] == [1, 2]
    assert order.items == ITEMS


@pytest.mark.parametrize("status", OrderStatus)
@pytest.mark.parametrize(("change", "target"), DEEDS)
def test_order_goes_only_where_it_may(
    status: OrderStatus, change: Callable[[Order], None], target: OrderStatus
) -> None:
    """Every pair of statuses is decided, and a refusal changes nothing."""
    order = make_order(status)
    if target in TRANSITIONS[status]:
        change(order)
        assert order.status_id is target
    else:
        with pytest.raises(OrderClosedError, match=f"Order 17 is {status.name.lower()} already"):
            change(order)
        assert order.status_id is status
        assert order.pull_events() == []


def test_only_a_payment_is_told() -> None:
    """With what others need to know."""
    order, given_up = make_order(), make_order()
    order.pay()
    given_up.cancel()
    assert order.pull_events() == [PaidOrderEvent(order_id=17, user_id=7, total=2248)]
    assert given_up.pull_events() == []
