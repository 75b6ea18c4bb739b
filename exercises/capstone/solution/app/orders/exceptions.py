"""Errors of the orders module: each names its status and its code."""

from app.core.exceptions import ApplicationException


class OrderNotFoundError(ApplicationException):
    """There is no such order, or none that this user may know of."""

    status = 404
    code = "order_not_found"
    title = "Order not found"

    def __init__(self, order_id: int) -> None:
        super().__init__(f"There is no order {order_id}.")


class OrderClosedError(ApplicationException):
    """The order is paid or cancelled: nothing about it can change."""

    status = 409
    code = "order_closed"
    title = "Order closed"

    def __init__(self, order_id: int, status: str) -> None:
        super().__init__(f"Order {order_id} is {status} already.")


class IdempotencyKeyReusedError(ApplicationException):
    """The key belongs to an earlier request, which asked for something else."""

    status = 409
    code = "idempotency_key_reused"
    title = "Idempotency key reused"

    def __init__(self) -> None:
        super().__init__("Another order was made with this Idempotency-Key: choose a new one.")
